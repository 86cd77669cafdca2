import sys

from okil.site.command_line import main

sys.exit(main())
