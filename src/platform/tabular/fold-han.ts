import { Converter } from 'opencc-js/t2cn'

const convert = Converter({ from: 't', to: 'cn' })
/** Folded code of each character of the two Han blocks, 0 where not asked for yet. */
const folded = new Uint16Array(0xa000)

/** Each Traditional character as its Simplified one, character by character: for comparing and searching, not for showing. */
export function foldHan(text: string): string {
  let out = ''
  let kept = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x3400 || code >= 0xa000) continue
    let simple = folded[code]!
    if (simple === 0) {
      const converted = convert(String.fromCharCode(code))
      simple = converted.length === 1 ? converted.charCodeAt(0) : code
      folded[code] = simple
    }
    if (simple === code) continue
    out += text.slice(kept, i) + String.fromCharCode(simple)
    kept = i + 1
  }
  return kept === 0 ? text : out + text.slice(kept)
}
