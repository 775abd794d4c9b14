import { z } from 'zod'
import { day, endpoint } from '#platform/contract.ts'

const days = z.object({ from: day, to: day })

const Mean = z.object({ count: z.int(), mean: z.number().nullable(), basis: z.enum(['none', 'few', 'enough']) })
const means = { attitude: Mean, knowledge: Mean, skill: Mean }
const PersonnelValue = z.object({
  userId: z.string(),
  /** Cases of which a customer scored anything. */
  cases: z.int(),
  ...means,
  months: z.array(z.object({ month: z.string(), cases: z.int(), ...means })),
})

/** What customers gave those who handled their cases, on the average (P-07). */
export const personnelEndpoints = {
  personnelValue: endpoint('GET /personnel-value', {
    permission: 'cases.quality',
    about: 'nobody',
    summary:
      'The average that customers gave each person for attitude, professional knowledge and skill in a period, month by month, of those whose work one judges',
    timeLimit: 2000,
    input: days,
    result: z.object({ items: z.array(PersonnelValue) }),
  }),
  ownPersonnelValue: endpoint('GET /personnel-value/mine', {
    permission: 'cases.recognize',
    about: 'nobody',
    summary: 'The same of oneself',
    input: days,
    result: PersonnelValue,
  }),
}
