//! Letters without their accents, for names that are compared.

const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/// Letters for one with an accent, and "and" for `&`; nothing for all else.
pub fn plain(c: char) -> &'static str {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ą' => "a",
        'ç' | 'ć' => "c",
        'è' | 'é' | 'ê' | 'ë' | 'ę' => "e",
        'ğ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ı' => "i",
        'ł' => "l",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => "o",
        'ù' | 'ú' | 'û' | 'ü' => "u",
        'ñ' | 'ń' => "n",
        'ś' | 'ş' => "s",
        'ź' | 'ż' => "z",
        'ß' => "ss",
        'æ' => "ae",
        'ё' => "е",
        '０'..='９' => DIGITS[(c as usize - '０' as usize).min(9)],
        '&' => "and",
        _ => "",
    }
}
