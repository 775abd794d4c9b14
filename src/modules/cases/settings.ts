import { z } from 'zod'
import { tiers } from '#modules/customers/public.ts'
import { setting } from '#platform/module.ts'
import { ownKeyShape, ownLimits, ownPartShape } from './domain/clocks/own-regimes.ts'
import { regimeEnds } from './domain/clocks/regimes.ts'
import { extensionNeeds, measureUnits } from './domain/clocks/target.ts'
import { mostOfLimit } from './domain/figures/limits.ts'
import { defaultGrades, gradeTableProblem } from './domain/figures/points-grade.ts'
import { defaultQueueRules } from './domain/figures/queue.ts'
import { reactions } from './domain/proactive.ts'
import { rhythmNames } from './domain/review-period.ts'
import { selfAssessmentItems } from './domain/self-assessment.ts'
import { kinds } from './domain/taxonomy.ts'

/** How complaints are handled beyond the process: who hears of what, and when something counts as said again. */
export const handlingSetting = setting(
  'cases.handling',
  z.object({
    /** A second complaint on the same matter within so many days is a repeated one (G-18). */
    repeatDays: z.int().min(1).max(3650),
    /** How often a complaint may be handed from department to department before top management hears (G-13). */
    transferLimit: z.int().min(1).max(20),
    /** When it is looked at whether a cause is gone, days after the execution. */
    effectivenessDays: z.array(z.int().min(1).max(730)).min(1).max(6),
    /** Days within which the customer is asked how they find what was done. */
    callbackDays: z.int().min(0).max(60),
    /** Working days within which somebody gets in touch with a customer who is not satisfied or refuses what was offered. */
    unhappyDays: z.int().min(0).max(60),
    /** Whether those above hear of such a customer, too. */
    unhappyAbove: z.boolean(),
    /** Whether a complaint that is opened again goes to somebody who has not handled it yet. */
    anotherAfterReopening: z.boolean(),
  }),
  {
    ...{ repeatDays: 180, transferLimit: 3, effectivenessDays: [30, 60, 90], callbackDays: 3 },
    ...{ unhappyDays: 1, unhappyAbove: true, anotherAfterReopening: true },
  },
)

/** Which rules of law, standard or own promise hold for new cases, by kind; a case keeps those with which it began. */
export const regimesSetting = setting(
  'cases.regimes',
  z.object({
    inForce: z.array(z.object({ regime: z.string().max(60), kinds: z.array(z.enum(kinds)).min(1).max(kinds.length) })).max(60),
  }),
  {
    inForce: [
      { regime: 'iso-10002', kinds: ['complaint', 'claim'] },
      { regime: 'feedback-24h', kinds: ['complaint', 'suggestion', 'enquiry'] },
    ],
  },
)

const name = z.string().trim().max(120)
const named = z.object({ en: name, 'zh-CN': name, 'zh-TW': name })
const measure = z.object({ unit: z.enum(measureUnits), amount: z.int().min(1) })
const share = z.number().min(0).max(1).nullable()
const ownPart = z.string().regex(ownPartShape).max(30)

/** Rules that the company wrote itself, with every version that they ever had: cases stand under each. What a version says is changed by no one; see `keepOwnRegimes`. */
export const ownRegimesSetting = setting(
  'cases.own-regimes',
  z.object({
    regimes: z
      .array(
        z.object({
          key: z.string().regex(ownKeyShape, 'must begin with own-').max(40),
          retired: z.boolean(),
          versions: z
            .array(
              z.object({
                names: named,
                source: z
                  .object({
                    title: z.string().trim().min(1).max(200),
                    provisions: z.string().trim().max(200),
                    url: z.string().trim().max(500).nullable(),
                  })
                  .nullable(),
                clocks: z
                  .array(
                    z.object({
                      key: ownPart,
                      names: named,
                      ends: z.enum(regimeEnds),
                      measure,
                      missing: z.enum(['breach', 'lapse']),
                      warnAtShare: share,
                      escalateAtShare: share,
                      extensions: z
                        .array(z.object({ key: ownPart, names: named, measure, needs: z.enum(extensionNeeds) }))
                        .max(ownLimits.extensions),
                    }),
                  )
                  .max(ownLimits.clocks),
                tellsRoute: z.boolean().optional(),
                retention: z
                  .object({ years: z.int().min(1).max(100), from: z.enum(['received', 'closed']), by: z.enum(['law', 'choice']) })
                  .nullable(),
              }),
            )
            .min(1)
            .max(ownLimits.versions),
        }),
      )
      .max(ownLimits.all),
  }),
  { regimes: [] },
)

/** How long a case may stand still before somebody is told, in the minutes of the department's hours; null for ever. */
export const patienceSetting = setting(
  'cases.patience',
  z.object({ waitingMinutes: z.int().min(1).max(1_000_000).nullable(), quietMinutes: z.int().min(1).max(1_000_000).nullable() }),
  { waitingMinutes: 4800, quietMinutes: 2400 },
)

const headStart = z.int().min(0).max(100_000)

/** How far ahead of their due time cases are taken up, in minutes, by tier, severity and place. A change counts for a case from the next thing that happens to it, and at once for what is open, within minutes. */
export const queueSetting = setting(
  'cases.queue',
  z.object({
    tierHeadStart: z.object({ platinum: headStart, gold: headStart, iron: headStart, lead: headStart }),
    severityHeadStart: z.object({ 1: headStart, 2: headStart, 3: headStart, 4: headStart }),
    /** For each place before the ninth that the policy of the customer gives. */
    placeHeadStart: z.int().min(0).max(10_000),
    withoutDueMinutes: z.int().min(1).max(1_000_000),
  }),
  defaultQueueRules,
)

const called = z.int().min(0).max(240)

/** How many minutes ahead of their arrival customers of a tier are called at a counter. Who has waited for longer than the largest of these is called before anybody who comes later. */
export const counterSetting = setting(
  'cases.counters',
  z.object({ tierHeadStart: z.object({ platinum: called, gold: called, iron: called, lead: called }) }),
  { tierHeadStart: { platinum: 15, gold: 10, iron: 0, lead: 0 } },
)

/** Who is given new cases: nobody (they wait in the queue), or by skill and load somebody of the department that serves; and how many open cases one person has at most. */
export const assignmentSetting = setting(
  'cases.assignment',
  z.object({
    automatic: z.boolean(),
    /** The department whose people take cases, where no policy names one. */
    departmentId: z.uuid().nullable(),
    /** Null: without a limit. */
    capacityPerAgent: z.int().min(1).max(1000).nullable(),
    /** How much experience a case of this severity asks for: 0 (none) to 5 (whoever teaches others). */
    experience: z.object({ 1: z.int().min(0).max(5), 2: z.int().min(0).max(5), 3: z.int().min(0).max(5), 4: z.int().min(0).max(5) }),
  }),
  { automatic: false, departmentId: null, capacityPerAgent: null, experience: { 1: 3, 2: 2, 3: 0, 4: 0 } },
)

const mostInHand = z.int().min(1).max(mostOfLimit)

/** How many open cases a team, or those about a product, may have in hand at once. Above it cases wait in the queue; a limit below what is in hand already stops nothing that runs. */
export const limitsSetting = setting(
  'cases.limits',
  z.object({
    teams: z
      .array(z.object({ teamId: z.uuid(), most: mostInHand }))
      .max(200)
      .refine((all) => isEachOnce(all.map(({ teamId }) => teamId)), 'must name each team once'),
    products: z
      .array(z.object({ productCode: z.string().trim().min(1).max(100), most: mostInHand }))
      .max(200)
      .refine((all) => isEachOnce(all.map(({ productCode }) => productCode)), 'must name each product once'),
  }),
  { teams: [], products: [] },
)

const isEachOnce = (names: readonly string[]): boolean => new Set(names).size === names.length

/** Who decides by when, and what may be given before anybody decides. */
export const decisionSetting = setting(
  'cases.decisions',
  z.object({
    /** Working minutes of the responsible department within which a proposal is decided on; then it goes to the next higher (G-09). */
    approvalMinutes: z.int().min(1).max(43_200),
    /** What may be given at once by whoever handles a case, minor units; beyond it the catalogue or a limit of approval has to allow it. */
    atOnceMinor: z.int().min(0).max(1_000_000_000_000),
  }),
  { approvalMinutes: 480, atOnceMinor: 50_000 },
)

/** Within how many days after an answer a customer may appeal inside the company (0: never), in how many working days an appeal is judged, and how many days before a body outside wants an answer somebody hears of it. */
export const appealsSetting = setting(
  'cases.appeals',
  z.object({ days: z.int().min(0).max(3650), workingDays: z.int().min(1).max(120), warnDays: z.int().min(0).max(60) }),
  { days: 30, workingDays: 10, warnDays: 5 },
)

/** What becomes of mails: to which addresses a mail is a complaint, where it is an enquiry else; whether cases are acknowledged by mail; and how many days after it was closed a case goes on again when its customer answers. */
export const mailSetting = setting(
  'cases.mail',
  z.object({
    acknowledge: z.boolean(),
    reopenDays: z.int().min(0).max(365),
    complaintAddresses: z.array(z.string().trim().toLowerCase().max(254)).max(50),
  }),
  { acknowledge: true, reopenDays: 30, complaintAddresses: [] },
)

/** What is done about what the company finds before the customer says it: late deliveries, and bills that a customer disputes. */
export const proactiveSetting = setting(
  'cases.proactive',
  z.object({
    late: z.enum(reactions),
    fromDays: z.int().min(1).max(365),
    /** From which tier on, or from which amount of the order on; null: that does not matter. */
    fromTier: z.enum(tiers).nullable(),
    fromMinor: z.int().min(0).max(1_000_000_000_000).nullable(),
    /** For all others. */
    otherwise: z.enum(['nothing', 'task']),
    recoverDays: z.int().min(0).max(30),
    disputes: z.enum(['nothing', 'case']),
  }),
  { late: 'case', fromDays: 1, fromTier: 'gold', fromMinor: null, otherwise: 'task', recoverDays: 1, disputes: 'nothing' },
)

/** What customers may send to one case by its page: so many files, of so many megabytes together. */
export const customerFilesSetting = setting(
  'cases.customer-files',
  z.object({ most: z.int().min(0).max(1000), megabytes: z.int().min(0).max(10_000) }),
  { most: 50, megabytes: 100 },
)

const names = z.object({ en: z.string().max(200), 'zh-CN': z.string().max(200), 'zh-TW': z.string().max(200) })

/** The sheet by which people judge their own service: items with the most points each, and from how many of a hundred points on it is which grade. What the product ships is named by its texts. */
export const selfAssessmentSetting = setting(
  'cases.self-assessment',
  z
    .object({
      items: z
        .array(z.object({ key: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/), names: names.nullable(), most: z.int().min(1).max(100) }))
        .min(1)
        .max(30),
      grades: z
        .array(z.object({ from: z.number().min(0).max(100), grade: z.string().trim().min(1).max(20) }))
        .min(1)
        .max(12),
    })
    .refine(({ items }) => new Set(items.map(({ key }) => key)).size === items.length, {
      path: ['items'],
      message: 'must name each item once',
    })
    .refine(({ grades }) => gradeTableProblem(grades) === null, {
      path: ['grades'],
      message: 'must begin at 0, ascend, and name each grade once',
    }),
  {
    items: selfAssessmentItems.map((key) => ({ key, names: null, most: 10 })),
    grades: [...defaultGrades],
  },
)

/** How often management looks at how complaints are handled, who prepares it, and by when after the end of the period; nobody is reminded where nobody is named. */
export const reviewsSetting = setting(
  'cases.reviews',
  z.object({
    rhythm: z.enum(rhythmNames),
    dueDays: z.int().min(1).max(180),
    responsibleId: z.string().max(60).nullable(),
  }),
  { rhythm: 'quarter', dueDays: 20, responsibleId: null },
)
