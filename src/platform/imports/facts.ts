import { z } from 'zod'
import { code, fact } from '../fact.ts'

/** Wakes the job that looks at sources; it is never logged. */
export const plansDue = fact('imports.plans-due', z.object({}))

/** The source of a plan could not be read three times in a row; said once until it can be read again. */
export const planFailing = fact('imports.plan-failing', z.object({ planId: z.uuid(), problem: code }))
/** A file that a plan found is not imported. */
export const planFileRefused = fact('imports.plan-file-refused', z.object({ planId: z.uuid(), eventId: z.uuid(), problem: code }))

/** The page on which plans stand. */
export const plansPath = '/import-plans'
