// Text to terms: the rule of src/pipeline/search/terms.rs, letter for letter; a test holds the two together.
const CLEAR = /[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]/g;
const LETTER = /[\p{Alphabetic}\p{N}]/u;
const ALONE = /[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
const SPELT = { ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th', ø: 'o', ł: 'l', đ: 'd', ð: 'd', ħ: 'h', ı: 'i', ς: 'σ' };
const letters = new Map();

function foldLetter(character) {
  let folded = letters.get(character);
  if (folded === undefined) {
    folded = [];
    for (const part of character.normalize('NFKD').replace(CLEAR, '')) {
      for (const lower of part.toLowerCase().replace(CLEAR, '')) folded.push(...(SPELT[lower] || lower));
    }
    letters.set(character, folded = folded.map(it => [it, LETTER.test(it) ? ALONE.test(it) ? 2 : 1 : 0]));
  }
  return folded;
}

// The terms of `text`: [form, start, end] in UTF-16 units.
function terms(text) {
  const found = [];
  let form = '', start = 0, end = 0, at = 0;
  const close = () => { if (form) found.push([form, start, end]); form = ''; };
  for (const character of text) {
    for (const [letter, kind] of foldLetter(character)) {
      if (kind !== 1) close();
      if (!kind) continue;
      if (!form) start = at;
      form += letter;
      end = at + character.length;
      if (kind === 2) close();
    }
    at += character.length;
  }
  close();
  return found;
}

const forms = text => terms(text).map(it => it[0]);
const folded = text => forms(text).join(' ');
