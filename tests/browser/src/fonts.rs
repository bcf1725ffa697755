//! The fonts that tests run with: layout must hold with each, and the machine's own never decide.

use std::path::{Path, PathBuf};

/// What to do when fonts are missing.
const INSTALL: &str = "browser tests need three sets of fonts: \
                       `apt-get install fonts-dejavu-core fonts-liberation fonts-noto-core`";

/// A machine that has one family of fonts and no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fonts {
    /// The family of text without serifs.
    pub sans: &'static str,
    settings: &'static str,
    folder: &'static str,
}

/// What Debian installs with Chromium.
pub const DEJAVU: Fonts =
    Fonts { sans: "DejaVu Sans", settings: "dejavu.conf", folder: "/usr/share/fonts/truetype/dejavu" };

const LIBERATION: Fonts = Fonts {
    sans: "Liberation Sans",
    settings: "liberation.conf",
    folder: "/usr/share/fonts/truetype/liberation",
};

const NOTO: Fonts =
    Fonts { sans: "Noto Sans", settings: "noto.conf", folder: "/usr/share/fonts/truetype/noto" };

pub const ALL: [Fonts; 3] = [DEJAVU, LIBERATION, NOTO];

impl Fonts {
    /// The file that tells fontconfig of these fonts alone.
    pub fn settings(self) -> PathBuf {
        assert!(Path::new(self.folder).is_dir(), "{} is missing: {INSTALL}", self.folder);
        Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts").join(self.settings)
    }
}
