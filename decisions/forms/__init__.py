"""Forms of the decision pages: what may be typed, before any rule or permission is asked."""
