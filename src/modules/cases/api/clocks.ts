import { z } from 'zod'
import { day, endpoint, instant, thingIn } from '#platform/contract.ts'
import { extensionNeeds, measureUnits } from '../domain/clocks/target.ts'
import { id, version, words } from './said.ts'
import { Acted } from './shapes.ts'

const Measure = z.object({
  unit: z.enum(measureUnits),
  amount: z.int(),
})
const at = instant.nullable().optional()
/** By language, what the company calls something of its own rules. */
const names = z.object({ en: z.string(), 'zh-CN': z.string(), 'zh-TW': z.string() })
/** Mostly the name of a tier, so it is only for those who may see what a customer is worth. */
const policyName = z.string().nullable().meta({ personal: 'value.read' })

/** One sentence, or half of one, of why a clock is due when it is: which sentence, and what it is filled in with. */
const Part = z.object({
  part: z.string(),
  at,
  from: z.union([instant, Measure]).nullable().optional(),
  to: Measure.optional(),
  since: at,
  dueIfResumed: at,
  day: day.nullable().optional(),
  timeZone: z.string().optional(),
  calendar: z.string().optional(),
  key: z.string().optional(),
  by: z.string().nullable().optional(),
  measure: Measure.optional(),
  startedBy: z.string().optional(),
  round: z.int().optional(),
  ms: z.number().optional(),
  openMs: z.number().optional(),
  times: z.int().optional(),
  more: z.int().optional(),
  stretches: z.array(z.object({ from: instant, to: instant })).optional(),
  name: z.string().optional(),
  names: names.optional(),
  policyName: policyName.optional(),
  isClosed: z.boolean().optional(),
  reason: z.string().optional(),
  extension: z.string().optional(),
  cap: Measure.optional(),
  source: z.string().optional(),
  version: z.int().nullable().optional(),
})

export const Clock = z.object({
  id: z.string(),
  slot: z.string(),
  key: z.string(),
  /** What it is called, and what its rules are; null of all that is not the company's own, for whose keys screens have the words. */
  names: names.nullable(),
  termsNames: names.nullable(),
  /** Who set it: the policy, a regime, or the process. */
  source: z.enum(['policy', 'regime', 'process']),
  /** Which regime, promise to everybody, or process; null of a policy. */
  terms: z.string().nullable(),
  policyName,
  termsVersion: z.int().nullable(),
  state: z.enum(['not-started', 'running', 'paused', 'met', 'breached', 'cancelled']),
  dueAt: instant.nullable(),
  warnAt: instant.nullable(),
  escalateAt: instant.nullable(),
  metAt: instant.nullable(),
  breachedAt: instant.nullable(),
  cancelledAt: instant.nullable(),
  /** How much of the time is used up; 1 at the due time. */
  share: z.number(),
  /** Of clocks that wait for the same thing, this one is due first. */
  binding: z.boolean(),
  why: z.array(Part),
  /** What may be granted while it runs. */
  extensions: z.array(z.object({ key: z.string(), needs: z.enum(extensionNeeds), names: names.nullable() })),
})

export const clockEndpoints = {
  clocks: endpoint('GET /cases/:caseId/clocks', {
    permission: 'cases.read',
    about: thingIn('cases.case', 'caseId'),
    notes: 'looked',
    summary: 'Every clock of a case, of its policy beside those of a law, each with when it is due and why',
    input: z.object({ caseId: id }),
    result: z.object({
      clocks: z.array(Clock),
      /** By which policy it is served, and by which its customer is served now, where that is another; null where it is none. */
      policy: z
        .object({
          name: policyName,
          version: z.int(),
          present: z.object({ name: policyName, version: z.int() }).nullable(),
        })
        .nullable(),
    }),
  }),
  extend: endpoint('POST /cases/:caseId/extensions', {
    permission: 'cases.write',
    about: thingIn('cases.case', 'caseId'),
    summary:
      'Grants a clock of a law the longer time that the law allows; where it asks for an approval, only whoever decides on remedies grants it',
    input: z.object({
      caseId: id,
      version,
      regime: z.string().max(60),
      target: z.string().max(120),
      extension: z.string().max(60),
      reason: words(2000),
    }),
    result: Acted,
  }),
  applyPolicy: endpoint('POST /cases/:caseId/policy', {
    permission: 'cases.manage',
    about: thingIn('cases.case', 'caseId'),
    summary: 'Lets a case follow the policy by which its customer is served now, from now on; what was spent stays spent',
    input: z.object({ caseId: id, version }),
    result: Acted,
  }),
}
