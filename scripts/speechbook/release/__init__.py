"""What makes a build a release: commit, archives, lists, references, the swap."""
