// Tells the package manager where libxml2's headers are; nothing is imported into Swift.
