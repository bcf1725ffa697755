//! What a site says to its theme alone.

use toml::Spanned;
use toml::de::DeValue;

/// A value of TOML as one of JSON.
pub fn to_json(value: &DeValue<'_>) -> serde_json::Value {
    use serde_json::Value;
    match value {
        DeValue::String(text) => Value::String(text.to_string()),
        // What no number of JSON can hold is kept as a text.
        DeValue::Integer(number) => {
            let read = i64::from_str_radix(number.as_str(), number.radix());
            read.map_or_else(|_| Value::String(number.to_string()), Value::from)
        }
        DeValue::Float(number) => {
            let read = number.as_str().parse::<f64>().ok().and_then(serde_json::Number::from_f64);
            read.map_or_else(|| Value::String(number.to_string()), Value::Number)
        }
        DeValue::Boolean(flag) => Value::Bool(*flag),
        DeValue::Datetime(at) => Value::String(at.to_string()),
        DeValue::Array(items) => items.iter().map(|item| to_json(item.get_ref())).collect(),
        DeValue::Table(table) => {
            let entry = |(name, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| {
                (std::borrow::Cow::<str>::to_string(name.get_ref()), to_json(value.get_ref()))
            };
            Value::Object(table.iter().map(entry).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::config::{Config, FILE, Names};
    use crate::diagnostic::Diagnostic;

    fn parse(text: &str) -> (Config, Vec<Diagnostic>) {
        Config::parse(FILE, text, &Names { causes: &[], fields: &[], is_field: &|_| false })
    }

    #[test]
    fn numbers_are_read_however_they_are_written() {
        let (config, told) = parse(
            "paginate = 0x14\n[extra]\na = 0x1F\nb = 1_000\nc = inf\nd = 123456789012345678901\ne = 1.5\n",
        );
        assert!(told.is_empty(), "{told:?}");
        assert_eq!(config.paginate, 20);
        let extra =
            serde_json::json!({ "a": 31, "b": 1000, "c": "inf", "d": "123456789012345678901", "e": 1.5 });
        assert_eq!(config.extra, extra);
    }
}
