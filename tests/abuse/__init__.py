"""What one sender could do to all others, and does not: each test is somebody who tries."""
