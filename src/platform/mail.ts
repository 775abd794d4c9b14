import { createTransport } from 'nodemailer'

export interface MailSettings {
  readonly smtpUrl: string
  readonly from: string
}

export interface Mail {
  readonly to: string
  readonly subject: string
  /** Plain text; links stand on lines of their own. */
  readonly text: string
}

/** Hands one mail to the mail server, or throws. Only jobs call this: they may be repeated, a request may not wait for another machine. */
export async function sendMail({ smtpUrl, from }: MailSettings, mail: Mail): Promise<void> {
  const transport = createTransport(smtpUrl, { from })
  try {
    await transport.sendMail({
      to: { name: '', address: mail.to },
      subject: mail.subject,
      text: mail.text,
      disableFileAccess: true,
      disableUrlAccess: true,
    })
  } finally {
    transport.close()
  }
}
