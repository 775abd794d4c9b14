import { Readable } from 'node:stream'
import type { Context } from '../context.ts'
import { mailedMediaType, storeFile } from '../files.ts'
import { mailById, setPictures } from './in-store.ts'
import { fetchPictures } from './pictures.ts'
import type { MailAttachment } from './received-mail.ts'

/** Fetches what a mail shows from other machines; doing it again finds nothing more to do. */
export async function showPictures({ db, now, newId }: Context, mailId: string): Promise<void> {
  const mail = await mailById(db, mailId)
  if (!mail?.html) return
  const more: MailAttachment[] = []
  const html = await fetchPictures(mail.html, async ({ name, mediaType, content }) => {
    const id = newId()
    const file = { id, name, mediaType: mailedMediaType, createdBy: 'system', now, limit: content.length }
    await storeFile(db, file, Readable.from([content]))
    more.push({ fileId: id, name, mediaType, bytes: content.length, inline: true })
    return id
  })
  await setPictures(db, mailId, html, [...mail.attachments, ...more])
}
