import { z } from 'zod'
import { endpoint, nothing, pageAnswer } from '#platform/contract.ts'
import { languages } from '../domain.ts'

const open = { kind: 'page', permission: 'public', about: 'nobody', result: pageAnswer } as const

/** What every customer may see without being anybody. */
export const customerPageEndpoints = {
  customerHome: endpoint('GET /p/', {
    ...open,
    summary: 'The company’s page for its customers: what they can do, and where they can write to',
    input: nothing,
    page: { framed: true, listed: true },
  }),
  rememberLanguage: endpoint('POST /p/language', {
    ...open,
    summary: 'Lets a browser remember the language in which a customer reads these pages',
    input: z.object({ language: z.enum(languages), path: z.string().max(1000) }),
    page: { form: 'customerHome', framed: true, leastSeconds: 0 },
  }),
}
