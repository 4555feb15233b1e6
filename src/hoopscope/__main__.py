"""`python -m hoopscope`: the same as the `hoopscope` command."""

from hoopscope.cli import main

if __name__ == "__main__":
    main()
