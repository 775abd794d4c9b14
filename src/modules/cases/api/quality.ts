import { z } from 'zod'
import { day, endpoint, instant, thingIn } from '#platform/contract.ts'
import { courtesyItems, rights } from '../domain/figures/quality-sheet.ts'
import { id, maybe, person, version } from './said.ts'
import { Acted } from './shapes.ts'

/** The same question about each of several things. */
const each = <K extends string, S extends z.ZodType>(keys: readonly K[], shape: S) =>
  z.object(Object.fromEntries(keys.map((key) => [key, shape])) as Record<K, S>)
const Rights = each(rights, z.enum(['met', 'not-met', 'not-applicable']))
const Courtesy = each(courtesyItems, z.int().min(1).max(5))
const state = z.enum(['met', 'not-met', 'not-assessed'])

const Sheet = z.object({
  id,
  agentId: z.string(),
  rights: Rights,
  courtesy: Courtesy,
  argued: z.boolean(),
  verdict: z.enum(['argued', 'seven-r-not-met', 'courtesy-too-low', 'passed', 'not-assessed']),
  sevenR: state,
  core: state,
  score: z.number(),
  note: z.string().nullable(),
  judgedAt: instant,
  judgedBy: z.string(),
})

const basis = z.enum(['none', 'few', 'enough'])
const interval = z.object({ low: z.number(), high: z.number() }).nullable()
const Share = z.object({ part: z.int(), whole: z.int(), share: z.number().nullable(), interval, basis })

export const qualityEndpoints = {
  qualitySheets: endpoint('GET /cases/:caseId/quality-sheets', {
    permission: 'cases.read',
    about: thingIn('cases.case', 'caseId'),
    notes: 'result.customerId',
    summary: 'How well a case was served as those above judged it, the newest first: one’s own work, and that of those whom one judges',
    input: z.object({ caseId: id }),
    result: z.object({
      customerId: id.nullable(),
      items: z.array(Sheet),
      /** How many there are besides. */
      hidden: z.int(),
    }),
  }),
  checkQuality: endpoint('POST /cases/:caseId/quality-sheets', {
    permission: 'cases.quality',
    about: thingIn('cases.case', 'caseId'),
    summary:
      'Judges how a case was served: the seven Rs and courtesy beside each other, and whether somebody argued, which fails it; nobody judges their own work',
    input: z.object({
      caseId: id,
      version,
      /** Whose work it is. */
      agentId: person,
      rights: Rights,
      courtesy: Courtesy,
      argued: z.boolean(),
      note: maybe(5000),
    }),
    result: Acted.extend({ sheet: Sheet }),
  }),
  qualityReport: endpoint('GET /case-quality', {
    permission: 'cases.quality',
    about: 'everybody',
    summary: 'How often each of the seven Rs, the core four and all seven were met in a period, and how steady each person’s work is',
    timeLimit: 2000,
    input: z.object({ from: day, to: day }),
    result: z.object({
      sheets: z.int(),
      passed: Share,
      rights: z.array(Share.extend({ right: z.enum(rights), core: z.boolean() })),
      core: Share,
      sevenR: Share,
      notArgued: Share,
      agents: z.array(
        z.object({
          userId: z.string(),
          sheets: z.int(),
          passed: z.int(),
          argued: z.int(),
          /** Mean of all sheets, 0 … 100. */
          score: z.number(),
          months: z.array(z.object({ month: z.string(), sheets: z.int(), score: z.number() })),
          /** Standard deviation of the monthly scores; null with fewer than two months. */
          deviation: z.number().nullable(),
          deviationInterval: interval,
          basis,
        }),
      ),
    }),
  }),
}
