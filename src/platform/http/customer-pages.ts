import { Hono, type Context as HttpContext } from 'hono'
import type { Handler } from 'hono/types'
import type { Endpoint } from '../contract.ts'
import { timeOrderedId } from '../identifier.ts'
import type { Module } from '../module.ts'
import { newContext } from '../new-context.ts'
import { isOwnPage, type PageAnswer } from '../pages/answer.ts'
import { documentOf, homePath, logoPath } from '../pages/document.ts'
import { html } from '../pages/html.ts'
import { coloursOf } from '../pages/look.ts'
import type { Refused } from '../pages/visit.ts'
import { pageWords } from '../pages/words.ts'
import type { PrivateLink } from '../private-link.ts'
import { Refusal, refuse, statusOf } from '../refusal.ts'
import { holdsNul } from './body.ts'
import { anyone, type Input } from './callers.ts'
import { type Arrival, arrivals, type Form } from './customer-visit.ts'
import { limitOf } from './limit.ts'
import { withoutTokens } from './links.ts'
import { invalidInput, refusalOfDatabase } from './problem.ts'
import type { Parts } from './shell.ts'
import { type RefusedForm, takeForm } from './take-form.ts'

/** Pages for customers: what an action answers becomes a page, a form is taken or shown again, and whatever goes wrong is said on a page, too. */
export interface CustomerPages {
  isPage(c: HttpContext): boolean
  serve(module: Module, name: string): Handler
  refused(error: unknown, c: HttpContext): Promise<Response>
  /** What else lies among the pages: the logo, the widget's script, and nothing more. */
  readonly files: Hono
}

/** So often one address may ask within a minute, whatever for; many people may stand behind it. */
const mostVisits = 300

export function customerPages(parts: Parts): CustomerPages {
  const { shell, house, links } = parts
  const arrive = arrivals(parts)
  const visits = limitOf(mostVisits, 60, shell.now, 'A lot was asked for from here; try again in a minute')
  const isPage = (c: HttpContext) => /^\/p(\/|$)/.test(c.req.path)

  const openLink = (c: HttpContext, { link }: Endpoint) =>
    link === undefined
      ? undefined
      : links.open(link, c.req.param('token') ?? '', { sender: shell.sender(c), isUse: c.req.method === 'GET' })

  /** Asks the action of a page for it. `form`: what came of a form on it. */
  async function pageOf(
    arrival: Arrival,
    module: Module,
    name: string,
    link: PrivateLink | undefined,
    input: Input,
    form?: Form,
  ): Promise<PageAnswer> {
    const visit = await arrival.visit(form)
    const context = newContext({
      db: shell.database.db,
      now: shell.now(),
      actor: anyone,
      reach: anyone.reach('public'),
      queue: shell.queue,
      house,
      visit,
      link,
    })
    return (await module.actions[name]!(context, input as never)) as PageAnswer
  }

  function sent(
    c: HttpContext,
    arrival: Arrival,
    answer: PageAnswer,
    endpoint: Endpoint | null,
    status = 200,
  ): Promise<Response> | Response {
    return answer.kind === 'redirect' ? leadOn(c, arrival, answer) : draw(c, arrival, answer, endpoint, status)
  }

  async function draw(c: HttpContext, arrival: Arrival, answer: PageAnswer & { kind: 'page' }, endpoint: Endpoint | null, status: number) {
    const { look, nonce, here } = arrival
    const isListed = status === 200 && endpoint?.link === undefined && (endpoint?.page?.listed ?? false)
    const { title, body } = answer
    const visit = arrival.shown ?? (await arrival.visit())
    const text = documentOf({ visit, look, files: shell.pageFiles ?? null, nonce, title, body, here, isListed })
    const frames = endpoint === null || endpoint.page?.framed ? look.sites.join(' ') : ''
    return c.body(text, status as 200, {
      'content-type': 'text/html; charset=utf-8',
      'content-language': visit.language,
      'content-security-policy': policyOf(nonce, frames),
      // What stands behind a private link stays in no store of a shared computer; a form keeps what was typed when somebody goes back to it.
      'cache-control': endpoint?.link === undefined && status === 200 ? 'private, no-cache' : 'private, no-store',
      vary: 'accept-language, cookie, sec-fetch-dest',
      ...(isListed ? {} : { 'x-robots-tag': 'noindex, nofollow' }),
    })
  }

  async function leadOn(c: HttpContext, arrival: Arrival, { to, remember }: PageAnswer & { kind: 'redirect' }): Promise<Response> {
    if (!isOwnPage(to)) throw new Error(`A page leads to ${to}, which is no page for customers`)
    if (remember) c.header('set-cookie', arrival.cookieFor(remember))
    const visit = arrival.shown ?? (await arrival.visit())
    return c.body(null, 303, { location: remember ? to : visit.to(to), 'cache-control': 'private, no-store' })
  }

  async function show(c: HttpContext, module: Module, name: string): Promise<Response> {
    const endpoint = module.api[name]!
    const arrival = await arrive(c)
    const link = await openLink(c, endpoint)
    const raw = { ...c.req.query(), ...c.req.param() }
    if (holdsNul(raw)) throw refuse('invalid', 'bad-text', 'The text contains a character that cannot be stored')
    const parsed = endpoint.input.safeParse(raw)
    if (!parsed.success) throw invalidInput(parsed.error)
    return sent(c, arrival, await pageOf(arrival, module, name, link, parsed.data as Input), endpoint)
  }

  async function take(c: HttpContext, module: Module, name: string): Promise<Response> {
    const endpoint = module.api[name]!
    const arrival = await arrive(c)
    const link = await openLink(c, endpoint)
    const form = await takeForm(c, { parts, arrival, module, name, link })
    if ('to' in form) return sent(c, arrival, form.to, endpoint)
    return showAgain(c, arrival, module, endpoint, form)
  }

  /** The page of a form that could not be taken, with what was typed. */
  async function showAgain(c: HttpContext, arrival: Arrival, module: Module, { page }: Endpoint, taken: RefusedForm): Promise<Response> {
    const name = page?.form ?? ''
    const shown = module.api[name]
    if (shown?.kind !== 'page') throw new Error(`${module.name}.${name} shows no form`)
    const { refusal, form } = taken
    const asked = [{ ...firstOf(form.typed), ...c.req.param() }, c.req.param()].map((raw) => shown.input.safeParse(raw))
    const fitting = asked.find(({ success }) => success)
    if (!fitting) throw refusal
    const link = await openLink(c, shown)
    const answer = await pageOf(arrival, module, name, link, fitting.data as Input, { ...form, refused: refusedOf(refusal) })
    return sent(c, arrival, answer, shown, statusOf[refusal.kind])
  }

  async function refused(error: unknown, c: HttpContext): Promise<Response> {
    const refusal = error instanceof Refusal ? error : refusalOfDatabase(error)
    const request = timeOrderedId(shell.now())
    const path = withoutTokens(c.req.path)
    if (!refusal) shell.log.error({ err: error, request, method: c.req.method, path }, 'A page for customers failed')
    const status = refusal ? statusOf[refusal.kind] : 500
    shell.metrics.request(refusal ? 'refused' : 'failed', status, 0)
    const arrival = await arrive(c)
    const t = pageWords(arrival.language)
    const [title, text] = sayOf(refusal)
    const { email } = arrival.look
    const body = html`<p>${t(text, { request })}</p>
      ${text === 'error.linkText' && email && html`<p>${t('error.linkMail', { email })}</p>`}
      <p><a href="${(arrival.shown ?? (await arrival.visit())).to(homePath)}">${t('error.home')}</a></p>`
    if (refusal && refusal.retryAfter !== null) c.header('retry-after', String(refusal.retryAfter))
    return draw(c, arrival, { kind: 'page', title: t(title), body }, null, status)
  }

  const files = new Hono()
  files.get('/p', (c) => c.redirect(homePath, 308))
  files.get(logoPath, async (c) => {
    const { logo } = (await arrive(c)).look
    if (!logo) throw refuse('missing', 'no-such-address', 'There is no logo')
    const isThis = c.req.query('v') === logo.version
    return c.body(logo.content, 200, {
      'content-type': logo.mediaType,
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': isThis ? 'public, max-age=31536000, immutable' : 'no-cache',
    })
  })
  files.get('/p/widget.js', async (c) => {
    const script = shell.pageFiles?.widget
    if (script === undefined) return c.text('The browser part is not built', 404)
    const { colour } = (await arrive(c)).look
    return c.body(colour ? script.replaceAll(widgetColour, coloursOf(colour).light['--accent']!) : script, 200, {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=600',
      'cross-origin-resource-policy': 'cross-origin',
      'access-control-allow-origin': '*',
    })
  })
  files.all('/p/*', () => {
    throw refuse('missing', 'no-such-address', 'There is nothing at this address')
  })

  return {
    isPage,
    refused,
    files,
    serve: (module, name) => async (c) => {
      const started = performance.now()
      visits.claim(shell.sender(c))
      const response = await (c.req.method === 'POST' ? take(c, module, name) : show(c, module, name))
      shell.metrics.request(`${module.name}.${name}`, response.status, (performance.now() - started) / 1000)
      return response
    },
  }
}

/** The colour in which the widget was built. */
const widgetColour = '#1d5f52'

/** Nothing may run, be loaded or be sent to elsewhere; what runs carries the word of this one answer. */
const policyOf = (nonce: string, frames: string): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors ${frames || "'none'"}`,
  ].join('; ')

/** What is said of what went wrong: its title and one sentence. */
function sayOf(refusal: Refusal | null): [title: string, text: string] {
  if (!refusal) return ['error.brokenTitle', 'error.brokenText']
  if (refusal.reason === 'no-such-link') return ['error.linkTitle', 'error.linkText']
  if (refusal.reason === 'foreign-origin') return ['error.badTitle', 'error.foreignText']
  if (refusal.kind === 'missing') return ['error.missingTitle', 'error.missingText']
  if (refusal.kind === 'too many') return ['error.manyTitle', 'error.manyText']
  if (refusal.kind === 'unavailable' || refusal.kind === 'too slow') return ['error.awayTitle', 'error.awayText']
  return ['error.badTitle', 'error.badText']
}

const refusedOf = ({ reason, message, values, fields }: Refusal): Refused => ({ reason, detail: message, values, fields })

const firstOf = (typed: Readonly<Record<string, readonly string[]>>): Record<string, string> =>
  Object.fromEntries(Object.entries(typed).flatMap(([name, [value]]) => (value ? [[name, value]] : [])))
