import { parseArgs } from 'node:util'
import type { Command, CommandShell } from '#platform/command.ts'
import type { Context } from '#platform/context.ts'
import { refuse } from '#platform/refusal.ts'
import { anyUser, type User, userByEmail } from '#platform/sign-in/users.ts'
import { resetSecondFactor } from './actions/access.ts'
import { changeUserAccess, createUser, replaceUserPassword, users } from './actions/users.ts'

/** Users for whoever holds the data folder. Everything is recorded as done by the operator, and works before anybody can sign in. */
export const commands: readonly Command[] = [
  {
    name: 'user list',
    usage: 'user list',
    summary: 'Who may sign in, with their roles.',
    async run(shell) {
      const all = await shell.transaction(async (context) => {
        const found: Awaited<ReturnType<typeof users>>['items'][number][] = []
        for (let cursor: string | undefined; ; ) {
          const page = await users(context, { limit: 200, ...(cursor ? { cursor } : {}) })
          found.push(...page.items)
          if (!page.next) return found
          cursor = page.next
        }
      })
      shell.result({ users: all })
      if (all.length === 0) shell.say('Nobody can sign in yet.')
      for (const user of all)
        shell.say(`${user.email}  ${user.name}  ${user.roles.join(', ') || 'no role'}${user.enabled ? '' : '  (disabled)'}`)
    },
  },
  {
    name: 'user add',
    usage: 'user add EMAIL [--name NAME] [--role ROLE]…',
    summary: 'Adds somebody and prints a first password once. The first user becomes administrator.',
    async run(shell, args) {
      const { values, positionals } = parseArgs({
        args: [...args],
        allowPositionals: true,
        options: { name: { type: 'string' }, role: { type: 'string', multiple: true } },
      })
      const email = theOne(positionals)
      const made = await shell.transaction(async (context) => {
        const roles = values.role ?? ((await anyUser(context.db)) ? [] : ['administrator'])
        return createUser(context, { email, name: values.name ?? email.split('@')[0] ?? email, roles })
      })
      shell.result({ user: made.user, password: made.password })
      shell.say(
        `${made.user.email} can sign in${made.user.roles.length > 0 ? ` as ${made.user.roles.join(', ')}` : ', but has no role yet'}.`,
      )
      sayPassword(shell, made.password)
    },
  },
  {
    name: 'user reset-password',
    usage: 'user reset-password EMAIL',
    summary: 'Prints a new first password once and ends all sessions.',
    async run(shell, args) {
      const { password } = await shell.transaction(async (context) =>
        replaceUserPassword(context, { userId: (await userCalled(context, args)).id, by: 'password' }),
      )
      shell.result({ password })
      sayPassword(shell, password)
    },
  },
  {
    name: 'user reset-second-factor',
    usage: 'user reset-second-factor EMAIL',
    summary: 'Takes the second factor away from somebody who lost their device, and ends all sessions.',
    async run(shell, args) {
      const { email } = await shell.transaction(async (context) => {
        const user = await userCalled(context, args)
        await resetSecondFactor(context, { userId: user.id })
        return user
      })
      shell.result({ email })
      shell.say(`${email} signs in with the password alone now, and should set up a second factor again.`)
    },
  },
  {
    name: 'user disable',
    usage: 'user disable EMAIL',
    summary: 'Stops somebody from signing in and ends their sessions.',
    run: (shell, args) => changeAccess(shell, args, false),
  },
  {
    name: 'user enable',
    usage: 'user enable EMAIL',
    summary: 'Lets somebody sign in again.',
    run: (shell, args) => changeAccess(shell, args, true),
  },
]

async function changeAccess(shell: CommandShell, args: readonly string[], enabled: boolean): Promise<void> {
  const user = await shell.transaction(async (context) =>
    changeUserAccess(context, { userId: (await userCalled(context, args)).id, enabled }),
  )
  shell.result({ user })
  shell.say(enabled ? `${user.email} can sign in again.` : `${user.email} can no longer sign in.`)
}

async function userCalled({ db }: Context, args: readonly string[]): Promise<User> {
  const email = theOne(args)
  const user = await userByEmail(db, email)
  if (!user) throw refuse('missing', 'no-such-user', `Nobody has the e-mail address ${email}`)
  return user
}

function theOne(words: readonly string[]): string {
  const [email, ...more] = words
  if (!email || more.length > 0 || !/^[^\s@]+@[^\s@]+$/.test(email))
    throw refuse('invalid', 'bad-arguments', 'Name one e-mail address, such as ada@example.com')
  return email
}

function sayPassword(shell: CommandShell, password: string | null): void {
  shell.say(`Password: ${password}`)
  shell.say('It is shown only now and should be changed at the first sign-in.')
}
