//! What templates see. A view is a documented struct: its fields are the variables
//! of a template, and their documentation is what `themes/README.md` says of them.
//!
//! A view becomes a template value once. Values are shared by counting references,
//! so a row that stands on ten pages is built one time.

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::sync::OnceLock;
use tera::Value;

/// A struct whose fields are variables of a template.
pub trait View: Into<Value> {
    /// What the documentation calls it, such as `RowView`.
    const NAME: &'static str;
    /// Its documentation, as written.
    const ABOUT: &'static [&'static str];

    /// Its fields in order.
    fn fields() -> Vec<Field>;

    /// Its fields with their values.
    fn entries(self) -> Vec<(&'static str, Value)>;

    /// Adds the views that its fields hold, and theirs.
    fn parts(into: &mut Parts);
}

/// One variable of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub name: &'static str,
    /// Its kind in words, such as "list of RowView".
    pub shape: String,
    pub about: String,
}

/// Views by name, with what they are and their fields.
pub type Parts = BTreeMap<&'static str, (String, Vec<Field>)>;

/// The kind of a field, in words.
pub trait Shape {
    fn shape() -> String;
    fn parts(_: &mut Parts) {}
}

/// Markup that was made safe here or by [`crate::document::html`]: templates do not escape it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(pub String);

impl From<Html> for Value {
    fn from(html: Html) -> Value {
        Value::safe_string(&html.0)
    }
}

/// A view that was turned into a value once and stands in many pages.
#[derive(Debug)]
pub struct Shared<V>(Value, PhantomData<fn() -> V>);

impl<V: View> Shared<V> {
    pub fn new(view: V) -> Shared<V> {
        Shared(view.into(), PhantomData)
    }
}

impl<V> Clone for Shared<V> {
    fn clone(&self) -> Shared<V> {
        Shared(self.0.clone(), PhantomData)
    }
}

impl<V> From<Shared<V>> for Value {
    fn from(shared: Shared<V>) -> Value {
        shared.0
    }
}

/// Views by position, each made when a page first shows it and shared from then on: a preview shows few of them.
#[derive(Debug)]
pub struct Lazy<V>(Vec<OnceLock<Shared<V>>>);

impl<V: View> Lazy<V> {
    /// Room for so many.
    pub fn new(count: usize) -> Lazy<V> {
        Lazy((0..count).map(|_| OnceLock::new()).collect())
    }

    /// The view at a position; `make` makes the same one each time.
    pub fn get(&self, at: usize, make: impl FnOnce() -> V) -> Shared<V> {
        self.0[at].get_or_init(|| Shared::new(make())).clone()
    }
}

/// What a site typed under `[extra]`: any shape.
#[derive(Debug, Clone)]
pub struct Free(pub Value);

impl From<Free> for Value {
    fn from(free: Free) -> Value {
        free.0
    }
}

/// A map value of a view's entries. Going by way of a sorted map hashes each name
/// once; the engine's own map would be built twice.
pub fn map(entries: Vec<(&'static str, Value)>) -> Value {
    entries.into_iter().collect::<BTreeMap<&'static str, Value>>().into()
}

macro_rules! shapes {
    ($($ty:ty => $words:literal;)*) => {
        $(impl Shape for $ty {
            fn shape() -> String {
                $words.to_owned()
            }
        })*
    };
}

shapes! {
    String => "text";
    &'static str => "text";
    bool => "true or false";
    usize => "number";
    Html => "HTML";
    Free => "anything";
}

impl<T: Shape> Shape for Option<T> {
    fn shape() -> String {
        format!("{} or nothing", T::shape())
    }
    fn parts(into: &mut Parts) {
        T::parts(into);
    }
}

impl<T: Shape> Shape for Vec<T> {
    fn shape() -> String {
        format!("list of {}", T::shape())
    }
    fn parts(into: &mut Parts) {
        T::parts(into);
    }
}

impl<V: View> Shape for Shared<V> {
    fn shape() -> String {
        V::NAME.to_owned()
    }
    fn parts(into: &mut Parts) {
        V::parts(into);
    }
}

/// Declares views: structs whose documentation travels with them.
macro_rules! views {
    ($($(#[doc = $about:literal])+ pub struct $name:ident {
        $($(#[doc = $doc:literal])+ pub $field:ident: $ty:ty,)*
    })+) => {$(
        $(#[doc = $about])+
        #[derive(Debug, Clone)]
        pub struct $name { $($(#[doc = $doc])+ pub $field: $ty,)* }

        impl $crate::pages::view::View for $name {
            const NAME: &'static str = stringify!($name);
            const ABOUT: &'static [&'static str] = &[$($about),+];

            fn fields() -> Vec<$crate::pages::view::Field> {
                vec![$($crate::pages::view::Field {
                    name: stringify!($field),
                    shape: <$ty as $crate::pages::view::Shape>::shape(),
                    about: [$($doc.trim()),+].join(" "),
                }),*]
            }

            fn entries(self) -> Vec<(&'static str, ::tera::Value)> {
                vec![$((stringify!($field), self.$field.into())),*]
            }

            fn parts(into: &mut $crate::pages::view::Parts) {
                let about = Self::ABOUT.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
                if into.insert(Self::NAME, (about, Self::fields())).is_none() {
                    $(<$ty as $crate::pages::view::Shape>::parts(into);)*
                }
            }
        }

        impl $crate::pages::view::Shape for $name {
            fn shape() -> String {
                stringify!($name).to_owned()
            }
            fn parts(into: &mut $crate::pages::view::Parts) {
                <Self as $crate::pages::view::View>::parts(into);
            }
        }

        impl From<$name> for ::tera::Value {
            fn from(view: $name) -> ::tera::Value {
                $crate::pages::view::map($crate::pages::view::View::entries(view))
            }
        }
    )+};
}

pub(crate) use views;
