import type { Language } from './language.ts'

/** How the company shows itself to its customers, as the organization says it. */
export interface Look {
  readonly name: string
  /** Where customers write to; null where nobody has said it. */
  readonly email: string | null
  /** The company's colour, #rrggbb; null: the product's own. */
  readonly colour: string | null
  readonly logo: Logo | null
  /** The language of those whose wishes are not known. */
  readonly language: Language
  /** Origins of the sites that may show pages inside of theirs. */
  readonly sites: readonly string[]
}

export interface Logo {
  readonly mediaType: string
  readonly content: Uint8Array<ArrayBuffer>
  /** Differs from that of every other logo. */
  readonly version: string
}

type Colours = Readonly<Record<`--${string}`, string>>

/** What the colours of the company have to be read on, by mode: the ground of the page, and what is written on the colour. */
const modes = {
  light: { ground: '#f4f5f1', ink: '#ffffff', towards: '#000000' },
  dark: { ground: '#1a201d', ink: '#0d1a16', towards: '#ffffff' },
} as const
/** The contrast that WCAG 2.2 AA asks for between text and what it stands on. */
const readable = 4.5

/** The company's colour as a page uses it in light and dark: made darker or lighter only as far as it takes to read it, and what is written on it. */
export function coloursOf(colour: string): Readonly<Record<'light' | 'dark', Colours>> {
  const of = ({ ground, ink, towards }: (typeof modes)[keyof typeof modes]): Colours => {
    for (let share = 0; share <= 1; share += 0.02) {
      const accent = mixed(towards, colour, share)
      const soft = mixed(accent, ground, 0.12)
      if ([ground, ink, soft].every((other) => contrast(accent, other) >= readable))
        return { '--accent': accent, '--accent-ink': ink, '--accent-soft': soft }
    }
    return { '--accent': towards, '--accent-ink': ink, '--accent-soft': mixed(towards, ground, 0.12) }
  }
  return { light: of(modes.light), dark: of(modes.dark) }
}

/** The contrast ratio of two colours (#rrggbb) by WCAG 2.2, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].toSorted((a, b) => a - b) as [number, number]
  return (lighter + 0.05) / (darker + 0.05)
}

const channels = (colour: string) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))

function luminance(colour: string): number {
  const [red, green, blue] = channels(colour).map((value) => {
    const part = value / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** `share` of one colour over another. */
function mixed(over: string, under: string, share: number): string {
  const below = channels(under)
  const parts = channels(over).map((value, i) => Math.round(value * share + below[i]! * (1 - share)))
  return `#${parts.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}
