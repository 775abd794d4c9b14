import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readConfiguration } from '#platform/configuration.ts'
import { ownCommands } from '../src/command-line.ts'

const commands = ownCommands.map(([usage]) => usage.split(' ')[0])
const text = (path: string) => readFileSync(path, 'utf8')

test('the container starts a command that exists, as an ordinary user, and asks an address that exists', () => {
  const file = text('ops/Containerfile')
  const [, command] = /^CMD \["(\w+)"\]$/m.exec(file)!
  expect(commands).toContain(command)
  expect(/^ENTRYPOINT \["node", "\/patron\/(\w+)"\]$/m.exec(file)![1]).toBe('patron')
  expect(/^USER (\w+)$/m.exec(file)![1]).not.toBe('root')
  for (const [, names] of file.matchAll(/^COPY (?!--from)([^\n]+) \S+$/gm))
    for (const name of names!.split(' ')) expect(existsSync(name), name).toBe(true)
  expect(file).toContain("'/readyz'")
  expect(text('src/platform/http/house.ts')).toContain("'/readyz'")
  const set = Object.fromEntries([.../^ENV (.+)$/m.exec(file)![1]!.matchAll(/(\w+)=(\S+)/g)].map(([, name, value]) => [name, value]))
  expect(readConfiguration(set)).toMatchObject({ dataFolder: '/data', host: '0.0.0.0', port: 3000 })
})

test('the service starts a command that exists, in the folder that it may write, and is well formed', () => {
  const unit = text('ops/patron.service')
  const [, command] = /^ExecStart=.* \/opt\/patron\/patron (\w+)$/m.exec(unit)!
  expect(commands).toContain(command)
  expect(unit).toContain('KillMode=control-group')
  expect(unit).toContain('Environment=PATRON_DATA=/var/lib/patron')
  expect(unit).toContain('StateDirectory=patron')
  const verified = spawnSync('systemd-analyze', ['verify', 'ops/patron.service'], { encoding: 'utf8' })
  // Most machines have it; where it is missing, the lines above must do.
  if (verified.error === undefined) expect(`${verified.stdout}${verified.stderr}`).not.toMatch(/patron\.service:.*(Unknown|Failed|Invalid)/)
})
