import { createServer } from 'node:http'
import Provider from 'oidc-provider'

/** What the provider says of somebody who signs in there. */
export interface Person {
  readonly email?: string
  readonly email_verified?: boolean
  readonly name?: string
}

export interface TestProvider {
  readonly issuer: string
  /** Who sits at the browser: signs in at once, whoever asks. */
  who: string
  readonly people: Record<string, Person>
  /** What its description says otherwise than it is. */
  says: Readonly<Record<string, string>>
  /** How many requests have come so far. */
  asked(): number
  /** Goes through the provider's pages as a browser does; answers where it sends back to. */
  visit(address: string): Promise<string>
  close(): void
}

/** A real OpenID provider on this machine, with one client that has to use PKCE. */
export async function startProvider(client: { id: string; secret: string; callback: string }): Promise<TestProvider> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as { port: number }).port}`
  const people: Record<string, Person> = {}
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [client.callback],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    findAccount: (_: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
    claims: { email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: () => '/login' },
    pkce: { required: () => true },
    cookies: { keys: ['a key for tests only'] },
    async loadExistingGrant(context: { oidc: { client: { clientId: string }; session: { accountId: string } } }) {
      const grant = new provider.Grant({ clientId: context.oidc.client.clientId, accountId: context.oidc.session.accountId })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  })
  const self: TestProvider = {
    issuer,
    who: 'nobody',
    people,
    says: {},
    asked: () => asked,
    async visit(address) {
      const cookies = new Map<string, string>()
      for (let at = address, steps = 0; steps < 10; steps++) {
        const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
        const answer = await fetch(at, { redirect: 'manual', headers: { cookie } })
        for (const line of answer.headers.getSetCookie()) {
          const [name = '', value = ''] = line.split(';')[0]!.split(/=(.*)/s)
          cookies.set(name, value)
        }
        const next = answer.headers.get('location')
        if (!next) throw new Error(`The provider answered ${answer.status}: ${await answer.text()}`)
        at = new URL(next, at).href
        if (!at.startsWith(issuer)) return at
      }
      throw new Error('The provider leads in circles')
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
  const pages = provider.callback()
  const described = {
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/me`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  }
  let asked = 0
  server.on('request', (request, response) => {
    asked++
    if (request.url === '/.well-known/openid-configuration' && Object.keys(self.says).length > 0)
      return response.setHeader('content-type', 'application/json').end(JSON.stringify({ ...described, ...self.says }))
    if (!request.url?.startsWith('/login')) return pages(request, response)
    void provider.interactionFinished(request, response, { login: { accountId: self.who } }, { mergeWithLastSubmission: false })
  })
  return self
}
