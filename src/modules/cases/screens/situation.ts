import type { Situation } from './technique-help.tsx'

interface About {
  readonly kind: string
  readonly record: {
    readonly category: string | null
    readonly reason: string | null
    readonly mood: string | null
    readonly productCode: string | null
    readonly channel: string
  }
}

const occasions: Readonly<Record<string, string>> = {
  phone: 'by-phone',
  visit: 'in-person',
  store: 'in-person',
  email: 'in-writing',
  letter: 'in-writing',
  social: 'in-public',
}
/** What rules of techniques may compare. */
const isCode = (text: string): boolean => /^[a-z0-9][a-z0-9-]{0,59}$/.test(text)

/** How a case describes its situation to the rules of techniques (G-23); what is not known is left out. */
export function situationOf({ kind, record: { category, reason, mood, productCode, channel } }: About): Situation {
  return {
    caseKind: kind,
    ...(category ? { category } : {}),
    ...(reason ? { reason } : {}),
    ...(mood ? { mood } : {}),
    ...(mood === 'mistaken' ? { cause: 'misunderstanding' } : {}),
    ...(productCode && isCode(productCode) ? { product: productCode } : {}),
    ...(occasions[channel] ? { occasion: occasions[channel] } : {}),
  }
}
