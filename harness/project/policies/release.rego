# What may be released at all: an image that CI published, under the commit that it was built from, by a pipeline that goes
# through staging and an approval. The stage `policy` sends what is about to be released.
package release

ways := {"workshop_cd_rolling", "workshop_cd_blue_green", "workshop_cd_canary", "workshop_recovery", "workshop_recovery_rehearsal"}

deny[message] {
	not published
	message := "the image has no tag of CI: build- and the 40 digits of a commit"
}

deny[message] {
	not concat("", ["build-", input.commit]) == input.image_tag
	message := "the image was not built from the commit that is being released"
}

deny[message] {
	not ways[input.pipeline]
	message := "releases go through one of the pipelines of the delivery"
}

published {
	regex.match("^build-[0-9a-f]{40}$", input.image_tag)
}
