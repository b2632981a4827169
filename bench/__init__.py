"""Speed and memory, as ratios against yardsticks measured in the same run on the same machine."""
