import { access, constants, stat, statfs } from 'node:fs/promises'
import type { Configuration } from '../configuration.ts'
import { broken, type Finding, good, look } from './check.ts'

const gigabyte = 2 ** 30

/** The checks that need no database. */
export const machineChecks: readonly { readonly name: string; run(configuration: Configuration): Promise<Finding> }[] = [
  {
    name: 'machine.runtime',
    async run() {
      const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
      const known = major > 24 || (major === 24 && minor >= 18)
      return known
        ? good(`Node ${process.versions.node} on ${process.platform} ${process.arch}.`)
        : broken(`Node ${process.versions.node} is too old.`, 'Start with ./patron, which brings the right one.')
    },
  },
  {
    name: 'machine.data-folder',
    async run({ dataFolder }) {
      const found = await stat(dataFolder).catch(() => null)
      if (!found)
        return look(
          `There is no data folder ${dataFolder} yet.`,
          'It is made at the first start; if you expected one, look at PATRON_DATA.',
        )
      const writable = await access(dataFolder, constants.R_OK | constants.W_OK | constants.X_OK).then(
        () => true,
        () => false,
      )
      if (!writable)
        return broken(`${dataFolder} cannot be written by this user.`, 'Run as the user that owns it, or give it back: chown -R USER.')
      if (process.platform !== 'win32' && (found.mode & 0o077) !== 0)
        return look(`${dataFolder} can be read by others on this machine; keys lie in it.`, `chmod 700 ${dataFolder}`)
      return good(`${dataFolder} belongs to this user alone.`)
    },
  },
  {
    name: 'machine.disk',
    async run({ dataFolder }) {
      const space = await statfs(dataFolder).catch(() => null)
      if (!space) return good('There is no data folder whose disk could be full.')
      const free = space.bavail * space.bsize
      const share = space.bavail / Math.max(1, space.blocks)
      const detail = `${(free / gigabyte).toFixed(1)} GB are free on the disk of the data folder.`
      if (free < gigabyte / 2) return broken(detail, 'Make room now: a full disk stops the database.')
      if (free < 5 * gigabyte && share < 0.1) return look(detail, 'Make room, or move the data folder to a larger disk.')
      return good(detail)
    },
  },
]
