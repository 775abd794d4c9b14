import type { Command } from '#platform/command.ts'
import { refuse } from '#platform/refusal.ts'
import { renewCases } from './actions/renewing.ts'

const checkCases: Command = {
  name: 'cases check',
  usage: 'cases check [--repair] [--json]',
  summary: 'Compares what reports count of each case, and what finds it in the archive, with its log; --repair writes what differs.',
  async run(shell, args) {
    const repair = args.includes('--repair')
    if (args.some((word) => word !== '--repair')) throw refuse('invalid', 'bad-arguments', 'cases check takes --repair and nothing else')
    let [cases, wrong] = [0, 0]
    for (let after: string | null = ''; after !== null; ) {
      const from: string = after
      const part = await shell.transaction((context) => renewCases(context, from || null, repair))
      cases += part.cases
      wrong += part.wrong
      after = part.last
    }
    shell.result({ cases, wrong })
    shell.say(`${cases.toLocaleString('en')} cases, ${wrong.toLocaleString('en')} ${repair ? 'written anew' : 'differ from their log'}.`)
    if (!repair && wrong > 0)
      throw refuse('conflict', 'figures-differ', 'Some cases are counted otherwise than their log says; run: cases check --repair')
  },
}

export const casesCommands: readonly Command[] = [checkCases]
