//! The preview of a folder, as `casebook serve --watch` runs it.

use crate::archive;
use casebook::project::Project;
use casebook::serve::{self, Preview};
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long a change of a file may take to be seen.
const PATIENCE: Duration = Duration::from_secs(30);

/// A site in a folder of its own, whose files are followed and served until the tests end.
pub struct Server {
    root: TempDir,
    port: u16,
    preview: Arc<Preview>,
}

impl Server {
    /// Serves a site of these files, each a path and a text.
    pub fn start(files: &[(&str, &str)]) -> Server {
        let root = tempfile::tempdir().expect("a temporary folder");
        for (path, text) in files {
            archive::write(&root.path().join(path), text);
        }
        let folder = root.path().to_owned();
        let locate = move || Ok(Project::locate(&folder).expect("a site"));
        let (project, diagnostics) = locate().expect("a site");
        let preview = Arc::new(Preview::new(Box::new(locate), project, diagnostics));
        let bound = serve::bind(IpAddr::V4(Ipv4Addr::LOCALHOST), Some(0)).expect("a free port");
        let server = Server { root, port: bound.listening.port, preview: preview.clone() };
        let followed = preview.clone();
        thread::spawn(move || serve::follow(&followed, false, &mut |_, _| {}));
        thread::spawn(move || serve::serve(&bound, preview));
        server
    }

    /// The address of a page.
    pub fn url(&self, page: &str) -> String {
        format!("http://localhost:{}/{page}", self.port)
    }

    /// Where a file of the site is.
    pub fn path(&self, file: &str) -> PathBuf {
        self.root.path().join(file)
    }

    /// Writes a file of the site.
    pub fn write(&self, file: &str, text: &str) {
        archive::write(&self.path(file), text);
    }

    /// Waits until a page has a text.
    pub fn wait_for(&self, page: &str, text: &str) {
        let start = Instant::now();
        while !String::from_utf8_lossy(&self.preview.site().render(page).bytes.unwrap_or_default())
            .contains(text)
        {
            assert!(start.elapsed() < PATIENCE, "{page} never has {text:?}");
            thread::sleep(Duration::from_millis(20));
        }
    }
}
