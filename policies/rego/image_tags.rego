deny[message] {
	publication := publications[_]
	tag := publication.tags[_]
	regex.match(`^latest$|^latest[-_.]|[-_.]latest$`, tag)
	message := sprintf("'%s' publishes the tag %s, which moves", [publication.node.identifier, tag])
}

deny[message] {
	publication := publications[_]
	not leads_back(publication.tags)
	message := sprintf("'%s' publishes no tag that leads back to a commit", [publication.node.identifier])
}

leads_back(tags) {
	tag := tags[_]
	contains(tag, "<+")
}

leads_back(tags) {
	tag := tags[_]
	contains(tag, "$")
}

leads_back(tags) {
	is_string(tags)
}
