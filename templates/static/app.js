// What pages gain with JavaScript; each works without. One module for each thing, loaded where its element is.
