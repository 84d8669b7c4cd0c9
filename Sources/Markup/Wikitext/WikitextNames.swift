/// Names wikitext gives a meaning to, in the languages whose dumps are common and those Arabic pages are copied from.
enum WikitextNames {
  /// What stands before the first colon of a link's target.
  enum Prefix: Sendable {
    /// A file: shown as a picture.
    case file
    /// A category: shown at the foot of the page.
    case category
    /// The same article in another language: shown at the side.
    case language
  }

  /// Namespaces of files and categories, and the codes of Wikipedias.
  static let prefixes = WordTable<Prefix>(lists: [
    (
      .file,
      """
      file,image,media,ملف,صورة,وسائط,ميديا,پرونده,تصویر,مدیا,رسانه,فائل,دوتنه,انځور,پەڕگە,وێنە,فايل
      datei,bild,fichier,archivo,imagen,ficheiro,arquivo,imagem,immagine,bestand,afbeelding,plik,grafika,файл,
      изображение,картинка,медия,файл,зображення,dosya,resim,fayl,şəkil,wêne,dosye,קובץ,תמונה,fil,tiedosto,kuva,
      soubor,súbor,fájl,kép,fișier,imagine,датотека,слика,datoteka,slika,gambar,berkas,fail,tập tin,hình,ไฟล์,ภาพ,
      चित्र,文件,文件,檔案,图像,圖像,ファイル,画像,파일,그림,αρχείο,εικόνα,dosyè,payl,talaksan,larawan,fitxer,imatge,fitxategi,
      irudi,attēls,failas,vaizdas,skeudenn,pertheseul,պատկեր
      """
    ),
    (
      .category,
      """
      category,تصنيف,تصنیف,رده,زمرہ,وېشنيزه,پۆل,kategorie,catégorie,categoría,categoria,categorie,kategoria,категория,
      категорія,kategori,kateqoriya,kategorî,קטגוריה,luokka,kategória,kategorija,категорија,thể loại,หมวดหมู่,श्रेणी,
      分类,分類,カテゴリ,분류,κατηγορία,kaarangay,kategorya,kategorie,rummad,kategorijo,catégorie,rumma,flokkur,կատեգորիա,
      კატეგორია,санат,төркем,turkum,rannachen,taggayt,nóulus,categurìa,kawan,kategooria,kategoriija,kategoriýa
      """
    ),
    (
      .language,
      """
      aa,ab,ace,ady,af,ak,als,alt,am,ami,an,ang,anp,ar,arc,ary,arz,as,ast,atj,av,avk,awa,ay,az,azb,ba,ban,bar,bat-smg,bcl,
      be,be-x-old,be-tarask,bg,bh,bi,bjn,blk,bm,bn,bo,bpy,br,bs,bug,bxr,ca,cbk-zam,cdo,ce,ceb,ch,cho,chr,chy,ckb,co,cr,
      crh,cs,csb,cu,cv,cy,da,dag,de,din,diq,dsb,dty,dv,dz,ee,el,eml,en,eo,es,et,eu,ext,fa,fat,ff,fi,fiu-vro,fj,fo,fr,frp,
      frr,fur,fy,ga,gag,gan,gcr,gd,gl,glk,gn,gom,gor,got,gpe,gu,guc,gur,guw,gv,ha,hak,haw,he,hi,hif,ho,hr,hsb,ht,hu,hy,
      hyw,hz,ia,id,ie,ig,ii,ik,ilo,inh,io,is,it,iu,ja,jam,jbo,jv,ka,kaa,kab,kbd,kbp,kcg,kg,ki,kj,kk,kl,km,kn,ko,koi,kr,
      krc,ks,ksh,ku,kv,kw,ky,la,lad,lb,lbe,lez,lfn,lg,li,lij,lld,lmo,ln,lo,lrc,lt,ltg,lv,mad,mai,map-bms,mdf,mg,mh,mhr,
      mi,min,mk,ml,mn,mni,mnw,mo,mr,mrj,ms,mt,mus,mwl,my,myv,mzn,na,nah,nap,nds,nds-nl,ne,new,ng,nia,nl,nn,no,nov,nqo,
      nrm,nso,nv,ny,oc,olo,om,or,os,pa,pag,pam,pap,pcd,pcm,pdc,pfl,pi,pih,pl,pms,pnb,pnt,ps,pt,pwn,qu,rm,rmy,rn,ro,
      roa-rup,roa-tara,ru,rue,rw,sa,sah,sat,sc,scn,sco,sd,se,sg,sh,shi,shn,si,simple,sk,skr,sl,sm,smn,sn,so,sq,sr,srn,ss,
      st,stq,su,sv,sw,szl,szy,ta,tay,tcy,te,tet,tg,th,ti,tk,tl,tly,tn,to,tpi,tr,trv,ts,tt,tum,tw,ty,tyv,udm,ug,uk,ur,uz,
      ve,vec,vep,vi,vls,vo,wa,war,wo,wuu,xal,xh,xmf,yi,yo,za,zea,zh,zh-classical,zh-min-nan,zh-yue,zu
      """
    ),
  ])

  /// Words behind `#` that make a page a redirect.
  static let redirects = WordTable<Bool>(lists: [
    (
      true,
      """
      redirect,تحويل,تغییر مسیر,تغییرمسیر,رجوع مکرر,رجوع_مكرر,مخ گرځونه,ڕەوانەکردن,weiterleitung,redirection,redirección,
      redirecionamento,rinvia,doorverwijzing,patrz,przekieruj,tam,перенаправление,перенаправлення,пренасочване,виж,
      yönlendirme,yönlendir,istiqamətləndirmə,הפניה,omdirigering,uudelleenohjaus,ohjaus,přesměruj,átirányítás,
      redirectare,преусмери,preusmjeri,alih,lencong,đổi,重定向,転送,넘겨주기,ανακατευθυνση,birzuzendu
      """
    )
  ])

  /// What an element means for text.
  enum Element: Sendable {
    /// Its content is no text: dropped before anything else is looked at.
    case dropped
    /// Its content is text as it stands.
    case nowiki
    /// The same, and its line ends are kept.
    case preformatted
    /// Line ends are kept, the rest is wikitext.
    case poem
    /// Its tags alone are dropped.
    case inline
    /// A line end.
    case lineBreak
    /// Text of a line of its own.
    case block
    /// An item of a list.
    case item
    /// A table.
    case table
  }

  /// Elements of HTML, of MediaWiki and of extensions Wikipedia has installed.
  static let elements = WordTable<Element>(lists: [
    (
      .dropped,
      """
      ref,references,gallery,math,chem,ce,score,timeline,hiero,graph,chart,mapframe,maplink,imagemap,inputbox,templatestyles,
      templatedata,categorytree,syntaxhighlight,source,includeonly,indicator,phonos,quiz,rss,dynamicpagelist,
      pages,pagelist,style,script,معرض,مرجع
      """
    ),
    (.nowiki, "nowiki"),
    (.preformatted, "pre"),
    (.poem, "poem"),
    (.lineBreak, "br"),
    (.block, "p,div,center,blockquote,ul,ol,dl,dt,dd,h1,h2,h3,h4,h5,h6,hr,section,caption"),
    (.item, "li"),
    (.table, "table"),
    (
      .inline,
      """
      abbr,b,bdi,bdo,big,cite,code,data,del,dfn,em,font,i,ins,kbd,mark,noinclude,onlyinclude,q,rb,rp,rt,rtc,ruby,s,samp,
      small,span,strike,strong,sub,sup,time,tt,u,var,wbr,langconvert,tr,td,th,tbody,thead,tfoot,nobr,a,img,id,col,colgroup,
      translate,tvar,languages,html
      """
    ),
  ])
}
