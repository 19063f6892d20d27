"""`python -m bot …`"""

import os
import sys

from bot.cli import main
from bot.private import OTHERS

# Whatever is made from here on, by whichever library, is for this user alone.
os.umask(OTHERS)
sys.exit(main())
