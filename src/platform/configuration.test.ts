import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { readConfiguration } from './configuration.ts'

test('with nothing set, everything has a value that suits one machine', () => {
  expect(readConfiguration({})).toEqual({
    dataFolder: resolve('data'),
    databaseUrl: null,
    host: '127.0.0.1',
    port: 3000,
    publicUrl: null,
    trustedProxies: [],
    logLevel: 'info',
    mail: null,
    demoPublic: false,
    metricsToken: null,
    backupPassphraseFile: null,
    importFolders: [],
  })
})

test('what is set is taken; an empty variable counts as not set', () => {
  const configuration = readConfiguration({
    PATRON_DATA: '/srv/patron',
    DATABASE_URL: 'postgresql://u:p@db/patron',
    HOST: '0.0.0.0',
    PORT: '8080',
    PUBLIC_URL: 'https://patron.example.com/',
    TRUSTED_PROXIES: '10.0.0.0/8, ::1',
    PATRON_LOG: '',
    PATRON_METRICS_TOKEN: 'long-enough-for-a-token',
    SMTP_URL: 'smtps://u:p@mail.example.com:465',
    MAIL_FROM: 'Patron <care@example.com>',
  })
  expect(configuration).toMatchObject({
    dataFolder: '/srv/patron',
    port: 8080,
    publicUrl: 'https://patron.example.com',
    logLevel: 'info',
    metricsToken: 'long-enough-for-a-token',
  })
  expect(configuration.trustedProxies).toEqual(['10.0.0.0/8', '::1'])
  expect(configuration.mail).toEqual({ smtpUrl: 'smtps://u:p@mail.example.com:465', from: 'Patron <care@example.com>' })
})

test.each([
  ['PORT', '70000'],
  ['PORT', '3000x'],
  ['DATABASE_URL', 'mysql://db'],
  ['DATABASE_URL', 'localhost'],
  ['HOST', 'http://x'],
  ['PUBLIC_URL', 'patron.example.com'],
  ['TRUSTED_PROXIES', '10.0.0.0/33'],
  ['TRUSTED_PROXIES', 'proxy'],
  ['PATRON_LOG', 'loud'],
  ['SMTP_URL', 'mail.example.com'],
  ['MAIL_FROM', 'nobody'],
  ['PATRON_METRICS_TOKEN', 'short'],
])('%s=%s is refused by the name of the variable, with the reason', (name, value) => {
  const others = { SMTP_URL: 'smtp://mail.example.com', MAIL_FROM: 'care@example.com' }
  expect(() => readConfiguration({ ...others, [name]: value })).toThrow(new RegExp(`^${name}: must be .+\\.$`))
})

test('mail needs both its variables', () => {
  expect(() => readConfiguration({ SMTP_URL: 'smtp://mail.example.com' })).toThrow('MAIL_FROM: must be set when SMTP_URL is set.')
  expect(() => readConfiguration({ MAIL_FROM: 'care@example.com' })).toThrow('SMTP_URL: must be set when MAIL_FROM is set.')
})
