import type { Database } from '../database/connection.ts'
import type { Log } from '../log.ts'
import type { Module } from '../module.ts'
import { findLink, noteLinkUses, type PrivateLink } from '../private-link.ts'
import { refuse } from '../refusal.ts'
import { limitOf } from './limit.ts'

/** The door behind which private links lead. */
export interface LinkDoor {
  /** Finds the link of a token, or refuses it in the same words whatever is wrong with it. `isUse`: somebody opens it now, and it is not only looked whether it still holds. */
  open(purpose: string, token: string, by: { readonly sender: string; readonly isUse: boolean }): Promise<PrivateLink>
  /** Writes down how often links were opened. */
  write(): Promise<void>
  stop(): Promise<void>
}

/** A path for the log: the token of a private link in it is a secret. */
export const withoutTokens = (path: string): string => path.replace(/[\w-]{40,}/g, '…')

/** Whoever guesses is stopped long before anything could be found; whoever has an old link tries it a few times. */
const mostMisses = 30
const missesSeconds = 600
const longestToken = 200
/** So often within a minute one link opens something: files lie behind some, and each look reads a whole case. */
const mostOpened = 120

export function linkDoor(database: Database, modules: readonly Module[], log: Log, now: () => Date): LinkDoor {
  const uses = noteLinkUses(database.db, (error) => log.warn({ err: error }, 'The use of private links could not be noted'))
  const misses = limitOf(mostMisses, missesSeconds, now, 'Too many links that do not work were tried from here; try again later')
  const opened = limitOf(mostOpened, 60, now, 'This link was opened very often; try again in a minute')
  const successors = modules.flatMap((module) => module.successors?.customer ?? [])

  /** Whoever was merged into another goes on under that one's id. */
  async function holderOf(id: string): Promise<string> {
    for (const find of successors) {
      const found = (await find(database.db, [id])).get(id)
      if (found !== undefined) return found
    }
    return id
  }

  return {
    async open(purpose, token, { sender, isUse }) {
      if (misses.isUsedUp(sender)) misses.claim(sender)
      const at = now()
      const link = token.length <= longestToken ? await findLink(database.db, purpose, token, at) : null
      if (link === null) {
        misses.claim(sender)
        throw refuse('missing', 'no-such-link', 'This link does not work any more')
      }
      if (isUse) {
        opened.claim(link.id)
        uses.note(link.id, at)
      }
      return link.customerId === null ? link : { ...link, customerId: await holderOf(link.customerId) }
    },
    write: uses.write,
    stop: uses.stop,
  }
}
