import type { Actor } from '#platform/context.ts'
import { createUser } from '#platform/sign-in/users.ts'
import type { App } from './app.ts'

/** Gives somebody with a known id an account, so that they may own customers. */
export const hire = (app: App, id: string) =>
  app.transaction(({ db, now }) =>
    createUser(db, { id, name: id.slice(-6), email: `${id}@example.com`, password: null, initialPassword: false }, now),
  )

/** Somebody who works here, with an account, and who may do everything. */
export async function colleague(app: App, name: string): Promise<Actor> {
  const id = crypto.randomUUID()
  const email = `${name.toLowerCase()}@example.com`
  await app.transaction(({ db, now }) => createUser(db, { id, name, email, password: null, initialPassword: false }, now))
  return { kind: 'person', id, name, roles: [], can: () => true, reach: () => 'all' }
}
