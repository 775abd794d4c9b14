import { Hono, type Context as HttpContext } from 'hono'
import { z } from 'zod'
import type { Db } from '../database/connection.ts'
import { refuse } from '../refusal.ts'
import { randomToken } from './credentials.ts'
import { bodyOf, type Entrance, inNameOf, tellSignedIn, visitorIn } from './entrance.ts'
import { recoveryCodesRenewed, recoveryCodeUsed, secondFactorRemoved, secondFactorSetUp } from './facts.ts'
import { completeSession, endOtherSessions } from './open-sessions.ts'
import {
  beginSecondFactor,
  confirmSecondFactor,
  newRecoveryCodes,
  removeSecondFactor,
  takeCode,
  takeRecoveryCode,
} from './second-factor.ts'
import type { Visitor } from './sessions.ts'
import { type Allowance, claimAttempt, giveBack } from './throttle.ts'
import { userById } from './users.ts'

/** How long somebody may take between the password and the second factor. */
const minutesOnTheWay = 10
const given = z.object({ code: z.string().max(100) })

/** Sign-in's second step, and the second factor of one's own: set up, confirm, new recovery codes, remove. */
export function secondFactorRoutes(entrance: Entrance): Hono {
  const { database, sealing, sessions, rules, needsSecondFactor, now, sender, setSession } = entrance
  const routes = new Hono()

  routes.post('/sign-in/second-factor', async (c) => {
    const visitor = await visitorIn(entrance, c, 'awaits-second-factor')
    const { code } = await bodyOf(c, given)
    if (now().getTime() - visitor.startedAt.getTime() > minutesOnTheWay * 60_000)
      throw refuse('unauthenticated', 'sign-in-again', 'This took too long; sign in again')
    const token = randomToken()
    await guarded(c, visitor, code, (db) => completeSession(db, visitor.sessionId, token, now()))
    setSession(c, token)
    await tellSignedIn(entrance, visitor.actor, sender(c))
    return c.json({})
  })

  routes.post('/second-factor', async (c) => {
    const visitor = await visitorIn(entrance, c, 'full', 'must-set-up')
    const user = (await userById(database.db, visitor.actor.id))!
    const organization = await rules.nameOf(database.db)
    const begun = await beginSecondFactor(database.db, sealing, { id: user.id, email: user.email, organization }, now())
    if (!begun) throw refuse('conflict', 'second-factor-there', 'There is a second factor already; remove it first')
    return c.json(begun)
  })

  routes.post('/second-factor/confirmation', async (c) => {
    const visitor = await visitorIn(entrance, c, 'full', 'must-set-up')
    const { code } = await bodyOf(c, given)
    const { id } = visitor.actor
    const codes = await attempt(c, id, () =>
      inNameOf(entrance, visitor.actor, async (db, publish) => {
        if (!(await takeCode(db, sealing, id, code, now())) || !(await confirmSecondFactor(db, id, now()))) return null
        const made = await newRecoveryCodes(db, id)
        // Whoever else is in came in without it.
        await endOtherSessions(db, id, visitor.sessionId)
        await publish(secondFactorSetUp, { userId: id })
        return made
      }),
    )
    sessions.forget()
    return c.json({ recoveryCodes: codes })
  })

  routes.post('/second-factor/recovery-codes', async (c) => {
    const visitor = await visitorIn(entrance, c, 'full')
    const { code } = await bodyOf(c, given)
    const { id } = visitor.actor
    let codes: string[] = []
    await guarded(c, visitor, code, async (db, publish) => {
      codes = await newRecoveryCodes(db, id)
      await publish(recoveryCodesRenewed, { userId: id })
      return true
    })
    return c.json({ recoveryCodes: codes })
  })

  routes.post('/second-factor/removal', async (c) => {
    const visitor = await visitorIn(entrance, c, 'full')
    const { code } = await bodyOf(c, given)
    if (await needsSecondFactor(visitor.actor.roles))
      throw refuse('conflict', 'second-factor-required', 'One of your roles needs a second factor; an administrator can reset it')
    await guarded(c, visitor, code, async (db, publish) => {
      const removed = await removeSecondFactor(db, visitor.actor.id)
      if (removed) await publish(secondFactorRemoved, { userId: visitor.actor.id })
      return removed
    })
    sessions.forget()
    return c.json({})
  })

  /** Does something in the transaction that uses up a code of the app or for recovery; where either fails, neither has happened. */
  const guarded = (c: HttpContext, { actor }: Visitor, code: string, work: (db: Db, publish: Tell) => Promise<boolean>) =>
    attempt(c, actor.id, () =>
      inNameOf(entrance, actor, async (db, publish) => {
        const byApp = await takeCode(db, sealing, actor.id, code.replaceAll(' ', ''), now())
        if (!byApp && !(await takeRecoveryCode(db, actor.id, code, now()))) return null
        if (!byApp) await publish(recoveryCodeUsed, { userId: actor.id })
        if (!(await work(db, publish))) throw refuse('unauthenticated', 'sign-in-again', 'This was over already; sign in again')
        return true
      }),
    )

  /** Counts one attempt against sender and account; null is a wrong code. */
  async function attempt<T>(c: HttpContext, userId: string, work: () => Promise<T | null>): Promise<T> {
    const allowances = codeAllowances(sender(c), userId)
    await claimAttempt(database.db, allowances, now())
    const done = await work()
    if (done === null) {
      const detail = 'This code is wrong, or was used already'
      throw refuse('invalid', 'wrong-code', detail, { fields: [{ field: 'code', reason: 'wrong-code', detail }] })
    }
    await giveBack(database.db, allowances)
    return done
  }

  return routes
}

type Tell = Parameters<Parameters<typeof inNameOf>[2]>[1]

/** Of a million codes three are right at any moment, so an account takes far fewer guesses than a password does. */
const codeAllowances = (sender: string, userId: string): Allowance[] => [
  { of: `codes from ${sender}`, attempts: 40, minutes: 10 },
  { of: `codes of ${userId} from ${sender}`, attempts: 6, minutes: 10 },
  { of: `codes of ${userId}`, attempts: 12, minutes: 10 },
  { of: `codes of ${userId} in a day`, attempts: 60, minutes: 1440 },
]
