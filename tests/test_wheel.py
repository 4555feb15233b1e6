"""The wheel, built and installed in an empty environment, holds all that hoopscope needs."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
THEMES = {"dark", "light", "high-contrast", "16-colour", "monochrome"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*build, str(ROOT)], check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_it_holds_the_data_beside_the_code(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {f"hoopscope/themes/{name}.toml" for name in THEMES} <= names
    in_checkout = {
        path.relative_to(ROOT / "src").as_posix()
        for path in (ROOT / "src" / "hoopscope").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert in_checkout <= names


def test_installed_in_an_empty_environment_it_finds_its_themes(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "empty"
    venv.create(environment, with_pip=False)
    (packages,) = environment.glob("lib/python*/site-packages")
    # What pip would do for a pure wheel, without an index to ask.
    zipfile.ZipFile(wheel).extractall(packages)
    dependencies = next(path for path in sys.path if path.endswith("site-packages"))
    (packages / "dependencies.pth").write_text(f"{dependencies}\n")
    lists = (
        "from hoopscope.config.locations import bundled_themes_folder as folder\n"
        "from hoopscope.tui.theming import load_themes\n"
        "import hoopscope\n"
        "print(hoopscope.__file__)\n"
        "print(*sorted(load_themes([folder()]).themes), sep='\\n')\n"
    )
    ran = subprocess.run(
        [environment / "bin" / "python", "-c", lists], check=True, capture_output=True, text=True
    )
    where, *themes = ran.stdout.splitlines()
    assert where.startswith(str(environment))
    assert set(themes) == THEMES
