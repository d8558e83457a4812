// How a word of the book or of a query is written in the index: in small letters, without
// accents, and also without its ending (Snowball's English stemmer, which Sphinx ships).
book.finding = {};
(() => {
  "use strict";
  const WORD = /[\p{L}\p{N}\p{M}]+/gu;
  const COMPOUND = /[\p{L}\p{M}]+(?:[-‐‑][\p{L}\p{M}]+)+/gu;
  // Letters that Unicode does not take apart into a letter and an accent.
  const PLAIN = { ł: "l", ø: "o", đ: "d", ı: "i", ß: "ss", æ: "ae", œ: "oe" };
  const stemmer = new EnglishStemmer();
  const known = new Map();

  const fold = word =>
    word.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/[łøđıßæœ]/g, letter => PLAIN[letter]);

  // Every form by which a word is found: itself, and its stem.
  const formsOf = word => {
    if (!known.has(word)) {
      const folded = fold(word);
      const stem = /^[a-z]{4,}$/.test(folded) ? stemmer.stemWord(folded) : folded;
      known.set(word, stem === folded ? [folded] : [folded, stem]);
    }
    return known.get(word);
  };

  const words = text => text.match(WORD) ?? [];
  // "anti-party" is also found as "antiparty".
  const tokens = text => [...words(text), ...(text.match(COMPOUND) ?? []).map(word => word.replace(/[-‐‑]/g, ""))];

  // Russian in Latin letters, as the book writes it (BGN/PCGN, without its signs).
  const LATIN = {
    а: "a", б: "b", в: "v", г: "g", д: "d", е: "e", ж: "zh", з: "z", и: "i", к: "k", л: "l", м: "m", н: "n", о: "o", п: "p", р: "r",
    с: "s", т: "t", у: "u", ф: "f", х: "kh", ц: "ts", ч: "ch", ш: "sh", щ: "shch", ъ: "", ы: "y", ь: "", э: "e", ю: "yu", я: "ya",
  };
  const inLatin = folded => [...folded].map(letter => LATIN[letter] ?? letter).join("");

  Object.assign(book.finding, { WORD, fold, formsOf, inLatin, words, tokens });
})();
