import { randomBytes } from 'node:crypto'
import type { Context as HttpContext } from 'hono'
import { keepFileToken, showForm } from '../pages/form-token.ts'
import { type Language, languageOf, oneOf } from '../pages/language.ts'
import type { Look } from '../pages/look.ts'
import type { Refused, Visit } from '../pages/visit.ts'
import type { Sealing } from '../sealing.ts'
import { memoryOf } from '../sign-in/memory.ts'
import { cookieOf } from '../sign-in/sessions.ts'
import type { Parts } from './shell.ts'

/** What came of a form that is shown again. */
export interface Form {
  readonly typed: Visit['typed']
  /** Files that were taken in and need not be sent again. */
  readonly files: readonly { readonly id: string; readonly name: string }[]
  /** What the form carried, where it may be sent once more with it. */
  readonly token: string | null
  readonly refused?: Refused
}

/** One request for a page: who looks, as far as a page has to know, and how the company shows itself. */
export interface Arrival {
  readonly look: Look
  readonly language: Language
  /** A word that only this answer knows. */
  readonly nonce: string
  /** The address that was asked for, without what is carried along. */
  readonly here: string
  /** What the action is told. */
  visit(form?: Form): Promise<Visit>
  /** What it was told last. */
  readonly shown: Visit | null
  cookieFor(language: Language): string
}

/** The only thing that a browser keeps, and only where the customer said so. */
const cookie = 'patron.language'
const year = 31_536_000

/** Where nothing can be read, as while the database is away. */
const unknown: Look = { name: '', email: null, colour: null, logo: null, language: 'en', sites: [] }

/** Receives requests. How the company shows itself is looked up once every few seconds, and what was known last stands where it cannot be. */
export function arrivals({ shell, house }: Parts): (c: HttpContext) => Promise<Arrival> {
  const looks = memoryOf<Look>(1)
  let last = unknown
  async function lookNow(): Promise<Look> {
    last = (await looks.get('', shell.now(), () => shell.customerLook(shell.database.db)).catch(() => null)) ?? last
    return last
  }
  return async (c) => {
    const look = await lookNow()
    const asked = oneOf(c.req.query('lang') ?? null)
    const language = languageOf({
      asked,
      remembered: cookieOf(c.req.header('cookie') ?? null, cookie) ?? null,
      accepted: c.req.header('accept-language') ?? null,
      usual: look.language,
    })
    const isFramed = c.req.header('sec-fetch-dest') === 'iframe' || c.req.query('frame') === '1'
    const carried = { ...(asked ? { lang: asked } : {}), ...(isFramed ? { frame: '1' } : {}) }
    let shown: Visit | null = null
    return {
      look,
      language,
      nonce: randomBytes(16).toString('base64url'),
      here: hereOf(c),
      get shown() {
        return shown
      },
      async visit(form) {
        const sealing = sealingOf(house.sealing)
        const kept = await Promise.all(
          (form?.files ?? []).map(async (file) => ({ name: file.name, token: await keepFileToken(sealing, file) })),
        )
        shown = {
          language,
          isAsked: asked !== null,
          isFramed,
          token: form?.token ?? (await showForm(sealing, shell.now())),
          typed: form?.typed ?? {},
          refused: form?.refused ?? null,
          kept,
          to: (path) => withCarried(path, carried),
        }
        return shown
      },
      cookieFor: (chosen) => `${cookie}=${chosen}; Max-Age=${year}; Path=/p; SameSite=Lax; HttpOnly${shell.secure ? '; Secure' : ''}`,
    }
  }
}

export function sealingOf(sealing: Sealing | undefined): Sealing {
  if (!sealing) throw new Error('Pages for customers need the secret of the data folder')
  return sealing
}

function hereOf(c: HttpContext): string {
  const url = new URL(c.req.url)
  for (const name of ['lang', 'frame']) url.searchParams.delete(name)
  return `${url.pathname}${url.search}`
}

function withCarried(path: string, carried: Readonly<Record<string, string>>): string {
  const [before = '', ...after] = path.split('#')
  const [plain = '', ...query] = before.split('?')
  const parameters = new URLSearchParams(query.join('?'))
  for (const [name, value] of Object.entries(carried)) if (!parameters.has(name)) parameters.set(name, value)
  const text = parameters.toString()
  return `${plain}${text && `?${text}`}${after.length > 0 ? `#${after.join('#')}` : ''}`
}
