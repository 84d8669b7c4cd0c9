@main struct Warraq { static func main() { Terminal.show("x") } }
