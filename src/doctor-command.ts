import type { Configuration } from '#platform/configuration.ts'
import { joinRunning, startEmbedded } from '#platform/database/embedded.ts'
import { broken, type Finding } from '#platform/doctor/check.ts'
import { connectToLook, databaseChecks } from '#platform/doctor/database.ts'
import { machineChecks } from '#platform/doctor/machine.ts'
import type { Module } from '#platform/module.ts'

interface Named extends Finding {
  readonly name: string
}

/** `doctor`: looks at everything and changes nothing. Exit code 0 where all is good or only to be looked at, 1 where something is broken. */
export async function doctorCommand(words: readonly string[], configuration: Configuration, modules: readonly Module[]): Promise<number> {
  const json = words.includes('--json')
  const unknown = words.find((word) => word !== '--json')
  if (unknown) {
    process.stderr.write(`doctor does not know ${unknown}\n`)
    return 2
  }
  const findings: Named[] = []
  const note = (found: Named) => {
    findings.push(found)
    if (!json)
      process.stdout.write(
        `${found.state.padEnd(6)}  ${found.name.padEnd(28)}  ${found.detail}${found.todo ? `\n${' '.repeat(38)}→ ${found.todo}` : ''}\n`,
      )
  }
  for (const check of machineChecks) note({ name: check.name, ...(await check.run(configuration)) })
  await withServer(configuration, note, async (url) => {
    const database = connectToLook(url)
    try {
      for (const check of databaseChecks) note(await found(check.name, () => check.run(database.db, new Date())))
      // What modules look at is there only in a database of this version.
      if (findings.some(({ name, state }) => name === 'database.version' && state !== 'good')) return
      for (const check of modules.flatMap((module) => module.checks ?? []))
        note(await found(check.name, () => check.run(database.db, new Date())))
    } finally {
      await database.close()
    }
  })
  const worst = (['broken', 'look', 'good'] as const).find((state) => findings.some((one) => one.state === state)) ?? 'good'
  if (json) process.stdout.write(`${JSON.stringify({ state: worst, checks: findings })}\n`)
  return worst === 'broken' ? 1 : 0
}

/** A check that fails is a finding as well. */
async function found(name: string, run: () => Promise<Finding>): Promise<Named> {
  try {
    return { name, ...(await run()) }
  } catch (error) {
    return {
      name,
      ...broken(`This could not be looked at: ${error instanceof Error ? error.message : String(error)}`, 'Look at the line above first.'),
    }
  }
}

async function withServer(configuration: Configuration, note: (found: Named) => void, work: (url: string) => Promise<void>): Promise<void> {
  try {
    const running = configuration.databaseUrl ?? (await joinRunning(configuration.dataFolder))
    if (running) return await work(running)
    const embedded = await startEmbedded(configuration.dataFolder)
    try {
      await work(embedded.url)
    } finally {
      await embedded.stop()
    }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    note({
      name: 'database.reachable',
      ...broken(
        `The database cannot be reached: ${detail}`,
        'Start its server, or look at DATABASE_URL and at postgres.log in the data folder.',
      ),
    })
  }
}
