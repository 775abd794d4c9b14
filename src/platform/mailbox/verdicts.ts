/** What the company's own mail server found about who sent a mail (RFC 8601). Pure. */
export interface Verdicts {
  readonly spf: string | null
  readonly dkim: string | null
  readonly dmarc: string | null
}

/**
 * Reads `Authentication-Results` headers, the topmost first. Only the topmost that the given server signed counts: whoever sends a mail can put such headers into it, below those of the server that took it.
 */
export function verdictsBy(server: string, headers: readonly string[]): Verdicts | null {
  for (const header of headers) {
    const [by = '', ...results] = withoutComments(header).split(';')
    if (by.trim().split(/\s+/, 1)[0]?.toLowerCase() !== server.toLowerCase()) continue
    const of = (method: string) => {
      for (const result of results) {
        const [, name, word] = /^\s*([a-z-]+)(?:\/\d+)?\s*=\s*([a-z]+)/i.exec(result) ?? []
        if (name?.toLowerCase() === method && words.has(word!.toLowerCase())) return word!.toLowerCase()
      }
      return null
    }
    return { spf: of('spf'), dkim: of('dkim'), dmarc: of('dmarc') }
  }
  return null
}

const words = new Set(['pass', 'fail', 'softfail', 'neutral', 'none', 'policy', 'temperror', 'permerror'])

/** Comments stand in brackets, and brackets in brackets. */
function withoutComments(header: string): string {
  let depth = 0
  let left = ''
  for (const sign of header) {
    if (sign === '(') depth++
    else if (sign === ')' && depth > 0) depth--
    else if (depth === 0) left += sign
  }
  return left
}
