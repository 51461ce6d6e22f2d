"""Who the bodies are: names to stable ids, kinds and themes, places, successors, who must report."""
