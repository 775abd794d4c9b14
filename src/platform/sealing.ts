import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { sealingSecret } from './sign-in/secret.ts'

/** Keeps secrets that the product must be able to say again, such as the key of a webhook: readable in the database only with the key in the data folder. */
export interface Sealing {
  /** `purpose` says where it belongs, such as 'webhook 0198…'; sealed text that was moved elsewhere cannot be opened there. */
  seal(text: string, purpose: string): Promise<Buffer>
  open(sealed: Buffer, purpose: string): Promise<string>
  /** A key of 32 bytes that only this installation has, another for each purpose: for marks that nobody else can make. */
  keyFor(purpose: string): Promise<Buffer>
}

/** AES-256-GCM with a random nonce: version, nonce (12 bytes), tag (16 bytes), text. The key is read or made when it is first needed. */
export function sealingIn(dataFolder: string): Sealing {
  const keys = new Map<string, Promise<Buffer>>()
  const derived = (info: string) => {
    const known = keys.get(info)
    if (known) return known
    const key = sealingSecret(dataFolder).then((secret) => Buffer.from(hkdfSync('sha256', secret, '', info, 32)))
    keys.set(info, key)
    // A folder that could not be read once may be readable the next time.
    key.catch(() => keys.delete(info))
    return key
  }
  const keyOf = () => derived('patron sealing 1')
  return {
    keyFor: (purpose) => derived(`patron key 1 ${purpose}`),
    async seal(text, purpose) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', await keyOf(), nonce).setAAD(Buffer.from(purpose))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.from([version]), nonce, cipher.getAuthTag(), body])
    },
    async open(sealed, purpose) {
      if (sealed.length < 29 || sealed[0] !== version) throw new Error('This is no sealed secret')
      const decipher = createDecipheriv('aes-256-gcm', await keyOf(), sealed.subarray(1, 13), { authTagLength: 16 })
      decipher.setAAD(Buffer.from(purpose)).setAuthTag(sealed.subarray(13, 29))
      try {
        return Buffer.concat([decipher.update(sealed.subarray(29)), decipher.final()]).toString('utf8')
      } catch {
        throw new Error(
          `A secret in the database (${purpose}) was sealed with another key than the file secret-key in the data folder holds`,
        )
      }
    },
  }
}

const version = 1
