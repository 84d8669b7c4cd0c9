print("warraq")
