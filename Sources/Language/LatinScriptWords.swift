/// Frequent words in Latin letters: English against its neighbours and against Arabizi.
enum LatinScriptWords {
  static let rows: [(words: String, evidence: String)] = [
    (
      """
      the of and to in is that for it was with on as are by be at from this his have not or an had her they which you
      were their has would there been one we all she when who will more no if out so said what up its about into than
      them can only other new some could time these two may then do first any my now such like our over me even most
      made after also did many before must through he him your but i a
      """, "en 1.5"
    ),
    (
      """
      de la le les des et en un une du que qui dans est pour pas sur par plus avec ce se sont au aux il elle nous vous
      el los las del y por con una para como su al lo se der die das und den von zu mit ist im ein eine nicht auf dem
      sich che di il non per sono della ve bir bu da ne için ile olarak na w z nie się do je het een van dat os
      dos uma em ao mais não i att och som på det av til på er
      """, "latn 1.3"
    ),
    ("à è é ç ñ ü ö ş ğ ı", "latn 0.5"),
    (
      """
      ana enta inta enti inti ento intu e7na a7na howa huwa heya hiya homma mesh msh mish mush mo mosh wallah walla
      wallahi yalla yala inshallah inshalla isa habibi 7abibi habibti 7abibti
      shu sho leish leh lesh kif keef kefak keifak kifak ezayak ezayek ezay wein wen feen fein 3ala 3la 3ashan 3shan
      3lshan ma3a ma3 ya3ni yaani ya3ne bas bs kaman kman kteer ktir awi awy gedan geddan khalas 5alas 7elw helw
      sa7 sah tayeb tayyeb tayb mafish mafeesh fi fe elli illi el w wa bel lel bta3 bta3et dah deh dih keda kda hek
      heik 3ndi 3andi 3andak bade baddi biddi bidde ayez 3ayez 3awez 3ayza ba2a lessa lsa lissa enno eno la2 aywa
      sabah masa salam salaam 3alaykum 3alaikum assalamu kol kul yom youm enaharda elnaharda bokra bukra imbare7
      embare7 shukran shokran 3afwan akhi a5i okhti rabena rabbena allah wesh wach rani rak bzaf bezzaf daba dyal
      chwiya labas kifach 3lach hadi hada nta nti khoya sahbi hna chkoun bezaf shlonak shloonak shlonich zain zein
      wayed abi abgha 7ag mub alhin al7een mashallah 2ana 2enta
      """, "arabizi 1.8"
    ),
    ("fi el w la al a allah salam bas wa ya", "arabizi 0.5"),
  ]
}
