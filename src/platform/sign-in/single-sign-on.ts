import { Hono, type Context as HttpContext } from 'hono'
import * as oidc from 'openid-client'
import { z } from 'zod'
import { system } from '../context.ts'
import { fetchThrough, Unreachable } from '../egress.ts'
import { timeOrderedId } from '../identifier.ts'
import type { Log } from '../log.ts'
import { Refusal, refuse } from '../refusal.ts'
import { randomToken } from './credentials.ts'
import { type Entrance, inNameOf, nextStep, tellSignedIn, visitorIn } from './entrance.ts'
import { admit, connect } from './identities.ts'
import { cookieOf, idleDays } from './sessions.ts'
import { claimAttempt } from './throttle.ts'

/** The company's own provider (OpenID Connect), as an administrator set it up. */
export interface SingleSignOn {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Whether the provider may lie in the company's own network or on this machine. */
  readonly ownNetwork: boolean
  /** Only people with a confirmed address of one of these come in. */
  readonly domains: readonly string[]
  /** Whether somebody who is not here yet becomes a user, and as what. */
  readonly createsUsers: boolean
  readonly role: string
}

const minutesAway = 10
const purpose = 'way to the provider'
const profile = '/profile'
const lost = () => refuse('invalid', 'provider-way-lost', 'This way in is too old or was begun elsewhere; begin again')
const away = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  issuer: z.string(),
  next: z.string(),
  /** The user who connects this way with their account; missing for whoever signs in. */
  connects: z.uuid().optional(),
  until: z.number(),
})

interface Parts {
  readonly entrance: Entrance
  readonly log: Log
  readonly address: string
  readonly secure: boolean
}

/**
 * Sign-in at the provider: authorization code with PKCE, state and nonce. Nothing is asked of the provider before somebody clicks. A person is known by issuer and subject; an address that the
 * provider has confirmed and that lies in a domain of the company lets somebody new in. Whoever has an account connects it themselves, signed in.
 */
export function singleSignOnRoutes({ entrance, log, address, secure }: Parts): Hono {
  const { database, sealing, rules, now, sender, setSession } = entrance
  const cookie = `${secure ? '__Host-' : ''}patron.way`
  const settings = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  const callback = `${address}/api/auth/single-sign-on/return`
  const routes = new Hono()

  routes.get('/single-sign-on', (c) => told(c, '/sign-in', () => begin(c, { next: ownPath(c.req.query('next'), address) })))

  // A request that changes something, so that no other page can send somebody this way to an account that is not theirs.
  routes.post('/single-sign-on/connection', async (c) => {
    const { actor } = await visitorIn(entrance, c, 'full')
    return c.json({ address: await begin(c, { next: profile, connects: actor.id }) })
  })

  routes.get('/single-sign-on/return', async (c) => {
    const way = await wayOf(c)
    return told(c, way?.connects ? profile : '/sign-in', async () => {
      const company = await settingsNow()
      // It leads back once.
      c.header('Set-Cookie', `${cookie}=; Max-Age=0; ${settings}`)
      if (!way || way.until < now().getTime() || way.issuer !== company.issuer) throw lost()
      const here = new URL(callback)
      here.search = new URL(c.req.url).search
      const person = await identify(await discover(company), here, way).catch((error: unknown) => {
        log.warn({ err: error }, 'The sign-in provider did not let somebody in')
        throw refuse('unauthenticated', 'provider-refused', 'The provider did not let you in')
      })
      if (way.connects !== undefined) {
        const visitor = await entrance.sessions.visitorOf(c.req.raw)
        if (visitor?.standing !== 'full' || visitor.actor.id !== way.connects) throw lost()
        await inNameOf(entrance, visitor.actor, (db, publish) => connect({ db, publish, company, person, now: now() }, visitor.actor.id))
        return `${way.next}?connected`
      }
      const userId = await inNameOf(entrance, system, (db, publish) =>
        admit({ db, publish, company, person, now: now() }, (id) => rules.welcome(db, publish, id, company.role)),
      )
      const next = await beginSession(c, userId)
      return next === null ? way.next : `/sign-in?next=${encodeURIComponent(way.next)}&step=${next}`
    })
  })

  /** Seals what the way back is held against into a cookie of this browser; answers where the provider waits. */
  async function begin(c: HttpContext, aim: Pick<z.output<typeof away>, 'next' | 'connects'>): Promise<string> {
    const company = await settingsNow()
    await claimAttempt(database.db, [{ of: `ways to the provider from ${sender(c)}`, attempts: 60, minutes: 10 }], now())
    const provider = await discover(company)
    const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()]
    const until = now().getTime() + minutesAway * 60_000
    const sealed = await sealing.seal(JSON.stringify({ state, nonce, verifier, issuer: company.issuer, ...aim, until }), purpose)
    c.header('Set-Cookie', `${cookie}=${sealed.toString('base64url')}; Max-Age=${minutesAway * 60}; ${settings}`)
    const target = oidc.buildAuthorizationUrl(provider, {
      redirect_uri: callback,
      scope: 'openid email profile',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    })
    return target.href
  }

  async function settingsNow(): Promise<SingleSignOn> {
    const company = await rules.singleSignOn(database.db, sealing)
    if (!company) throw refuse('missing', 'no-provider', 'No sign-in provider is set up here')
    return company
  }

  /** The way that this browser was sent on, as only we could have sealed it. */
  async function wayOf(c: HttpContext) {
    const value = cookieOf(c.req.header('cookie') ?? null, cookie)
    if (!value || value.length > 2000) return null
    const text = await sealing.open(Buffer.from(value, 'base64url'), purpose).catch(() => null)
    const way = text === null ? null : away.safeParse(JSON.parse(text))
    return way?.success ? way.data : null
  }

  /** Who came by the provider and has a second factor here is asked for it as well: one rule for every way in. */
  async function beginSession(c: HttpContext, userId: string): Promise<'second-factor' | 'set-up' | null> {
    const at = now()
    const factor = await database.db
      .selectFrom('platform.second_factor')
      .select('confirmed_at')
      .where('user_id', '=', userId)
      .executeTakeFirst()
    const token = randomToken()
    await database.db
      .insertInto('platform.session')
      .values({
        id: timeOrderedId(at),
        user_id: userId,
        token,
        awaits_second_factor: factor?.confirmed_at != null,
        ip_address: sender(c),
        user_agent: (c.req.header('user-agent') ?? '').slice(0, 1000),
        expires_at: new Date(at.getTime() + idleDays * 86_400_000),
        created_at: at,
        updated_at: at,
      })
      .execute()
    setSession(c, token)
    const visitor = await entrance.sessions.visitorWith(token)
    if (visitor && visitor.standing !== 'awaits-second-factor') await tellSignedIn(entrance, visitor.actor, sender(c))
    return visitor ? nextStep(visitor) : null
  }

  /** People come here by a link, so what is refused leads back to where they began, with the reason. */
  async function told(c: HttpContext, back: string, work: () => Promise<string>): Promise<Response> {
    try {
      return c.redirect(await work(), 302)
    } catch (error) {
      if (!(error instanceof Refusal)) log.error({ err: error }, 'Sign-in at the provider failed')
      return c.redirect(`${back}?refused=${error instanceof Refusal ? error.reason : 'provider-away'}`, 302)
    }
  }

  return routes
}

/** Every request to the provider goes the guarded way, also those to addresses that its own description names. */
async function discover({ issuer, clientId, clientSecret, ownNetwork }: SingleSignOn): Promise<oidc.Configuration> {
  const url = new URL(issuer)
  // A provider on this very machine has no certificate; any other must have one.
  const local = url.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  const guarded = fetchThrough({ ownNetwork, milliseconds: 10_000 })
  return oidc
    .discovery(url, clientId, clientSecret, undefined, {
      timeout: 10,
      [oidc.customFetch]: (address, { method, headers, body }) => guarded(address, { method, headers, body: formOf(body) }),
      ...(local ? { execute: [oidc.allowInsecureRequests] } : {}),
    })
    .catch((error: unknown) => {
      throw isForbidden(error)
        ? refuse(
            'conflict',
            'provider-address-not-allowed',
            'The provider lies in a network that is not asked; an administrator may allow it',
          )
        : error
    })
}

/** The library sends forms, or nothing. */
function formOf(body: oidc.FetchBody): URLSearchParams | null {
  if (body === undefined || body === null || body instanceof URLSearchParams) return body ?? null
  throw new Error('The sign-in provider is only ever sent forms')
}

/** The library wraps what it was told into errors of its own. */
const isForbidden = (error: unknown): boolean =>
  error instanceof Unreachable ? error.reason === 'address-not-allowed' : error instanceof Error && isForbidden(error.cause)

export interface Person {
  readonly issuer: string
  readonly subject: string
  readonly email: unknown
  readonly confirmed: unknown
  readonly name: unknown
}

/** Exchanges the code that the provider sent along, checks everything that there is to check, and says who it is. */
async function identify(provider: oidc.Configuration, here: URL, way: z.output<typeof away>): Promise<Person> {
  const tokens = await oidc.authorizationCodeGrant(provider, here, {
    pkceCodeVerifier: way.verifier,
    expectedState: way.state,
    expectedNonce: way.nonce,
    idTokenExpected: true,
  })
  const token = tokens.claims()!
  // Where the address is not in the token, the provider tells it to whoever holds the access token.
  const askFurther = token.email === undefined && provider.serverMetadata().userinfo_endpoint !== undefined
  const more = askFurther ? await oidc.fetchUserInfo(provider, tokens.access_token, token.sub) : token
  return { issuer: token.iss, subject: token.sub, email: more.email, confirmed: more.email_verified, name: more.name }
}

/** Where to go afterwards: only a place of our own, however it is written. */
export function ownPath(next: string | undefined, address: string): string {
  if (!next?.startsWith('/')) return '/'
  const url = URL.canParse(next, address) ? new URL(next, address) : null
  return url && url.origin === new URL(address).origin && !url.pathname.startsWith('//') ? url.pathname + url.search : '/'
}
