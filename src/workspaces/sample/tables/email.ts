import { counts, infrastructure, lure, secondVictim, times, victim } from '../attack';
import type { Generation } from '../generation';
import type { Random } from '../random';
import { HOUR, MINUTE, SECOND } from '../storyTime';
import { remembered, type Row, type TableRows } from '../tableRows';
import { company } from '../world/company';
import type { Person } from '../world/people';
import { momentIn } from '../world/sessions';

interface Mail {
  readonly id: string;
  readonly sender: { readonly address: string; readonly name: string; readonly objectId: string; readonly ip: string };
  readonly recipient: Person;
  readonly subject: string;
  readonly direction: 'Inbound' | 'Outbound' | 'Intra-org';
  readonly urls: readonly string[];
  readonly attachment?: string;
  readonly threat?: 'Phish' | 'Spam';
}

export interface EmailTables {
  readonly events: TableRows;
  readonly urls: TableRows;
  readonly attachments: TableRows;
  readonly clicks: TableRows;
  readonly ofRecipient: (recipient: Person) => Row;
}

const partners = ['fabrikam.example', 'northwind.example', 'adatum.example', 'litware.example', 'woodgrove.example', 'proseware.example'];
const subjects = [
  'Order confirmation',
  'Meeting notes',
  'Quarterly forecast',
  'Re: Proposal',
  'Your travel itinerary',
  'Contract draft',
  'Weekly newsletter',
  'Invoice',
  'Re: Delivery date',
  'Project Aurora status',
];
const baits = [
  'Your mailbox is almost full',
  'Payment advice attached',
  'Unusual activity on your account',
  'You have a new voice message',
  'Parcel on hold',
];

/** EmailEvents, EmailUrlInfo, EmailAttachmentInfo and UrlClickEvents. */
export function emailTables(generation: Generation): EmailTables {
  const tables: EmailTables = {
    events: generation.rows('EmailEvents', { SourceSystem: 'DefenderXDR', EmailLanguage: 'en', RecipientDomain: company.domain }),
    urls: generation.rows('EmailUrlInfo', { SourceSystem: 'DefenderXDR', UrlLocation: 'Body' }),
    attachments: generation.rows('EmailAttachmentInfo', { SourceSystem: 'DefenderXDR' }),
    clicks: generation.rows('UrlClickEvents', { SourceSystem: 'DefenderXDR', Workload: 'Email' }),
    ofRecipient: remembered((recipient): Row => ({ RecipientEmailAddress: recipient.upn, RecipientObjectId: recipient.objectId })),
  };
  const random = generation.random('email');
  for (const session of generation.world.sessions) {
    const count = random.whole(5, 10);
    for (let index = 0; index < count; index++) {
      const time = momentIn(session, random);
      const mail = usualMail(session.person, generation, random);
      addMail(tables, time, mail, random);
      const [url] = mail.urls;
      if (url && !mail.threat && random.chance(0.3))
        addClick(tables, time + random.between(1, 50) * MINUTE, mail.recipient, session.egress, mail.id, url, true, random);
      if (url && mail.threat === 'Phish' && random.chance(0.12))
        addClick(tables, time + random.between(1, 50) * MINUTE, mail.recipient, session.egress, mail.id, url, false, random);
    }
  }
  addAttack(tables, generation, random);
  return tables;
}

function usualMail(recipient: Person, generation: Generation, random: Random): Mail {
  const id = random.guid();
  const kind = random.next();
  if (kind < 0.05) {
    const domain = `${random.pick(['secure', 'mail', 'account', 'post'])}-${random.hex(5)}.example`;
    const phish = random.chance(0.55);
    return {
      id,
      sender: {
        address: `${random.pick(['no-reply', 'service', 'billing'])}@${domain}`,
        name: random.pick(['Service Desk', 'Accounts', 'Post']),
        objectId: '',
        ip: `198.19.${random.whole(1, 99)}.${random.whole(1, 99)}`,
      },
      recipient,
      subject: random.pick(baits),
      direction: 'Inbound',
      urls: [`https://${domain}/${random.hex(6)}`],
      threat: phish ? 'Phish' : 'Spam',
    };
  }
  const attachment = random.chance(0.14)
    ? `${random.pick(['Offer', 'Invoice', 'Agenda', 'Drawing'])}_${random.whole(100, 9999)}.${random.pick(['pdf', 'xlsx', 'docx'])}`
    : undefined;
  const urls = random.chance(0.4)
    ? [
        random.pick([
          'https://contoso.sharepoint.com/sites/Sales/Shared%20Documents',
          'https://booking.travelhub.example/trip',
          'https://www.worldnews.example/today',
          'https://crm.contoso-apps.example/lead',
        ]),
      ]
    : [];
  const subject = random.pick(subjects);
  const more = attachment ? { attachment } : {};
  if (kind < 0.5) {
    const colleague = random.pick(generation.world.people);
    return {
      id,
      sender: { address: colleague.upn, name: colleague.displayName, objectId: colleague.objectId, ip: colleague.office.egress[0] ?? '' },
      recipient,
      subject,
      direction: 'Intra-org',
      urls,
      ...more,
    };
  }
  const partner = random.pick(partners);
  const sender = {
    address: `${random.pick(['anna', 'sales', 'office', 'jan', 'orders'])}@${partner}`,
    name: partner.split('.')[0] ?? '',
    objectId: '',
    ip: `198.19.80.${10 + partners.indexOf(partner)}`,
  };
  return { id, sender, recipient, subject, direction: 'Inbound', urls, ...more };
}

function addMail(tables: EmailTables, time: number, mail: Mail, random: Random): void {
  const { id, sender, recipient, threat } = mail;
  const delivered = threat === undefined ? 'Delivered' : threat === 'Spam' ? 'Junked' : random.chance(0.85) ? 'Blocked' : 'Delivered';
  const location = delivered === 'Delivered' ? 'Inbox/folder' : delivered === 'Junked' ? 'Junk folder' : 'Quarantine';
  const domain = sender.address.split('@')[1] ?? '';
  const report = `${id}-${random.whole(1, 9_000_000)}`;
  const own = {
    AttachmentCount: mail.attachment ? 1 : 0,
    AuthenticationDetails: JSON.stringify(
      threat ? { SPF: 'fail', DKIM: 'none', DMARC: 'fail' } : { SPF: 'pass', DKIM: 'pass', DMARC: 'pass' },
    ),
    ConfidenceLevel: threat ? JSON.stringify({ [threat]: 'High' }) : '',
    DeliveryAction: delivered,
    DeliveryLocation: location,
    DetectionMethods: threat ? JSON.stringify({ [threat]: ['URL detonation reputation', 'Fingerprint matching'] }) : '',
    EmailDirection: mail.direction,
    EmailSize: random.whole(4_000, 900_000),
    InternetMessageId: `<${random.hex(24)}@${domain}>`,
    IsFirstContact: threat !== undefined,
    LatestDeliveryAction: delivered,
    LatestDeliveryLocation: location,
    NetworkMessageId: id,
    ReportId: report,
    SenderDisplayName: sender.name,
    SenderFromAddress: sender.address,
    SenderFromDomain: domain,
    SenderIPv4: sender.ip,
    SenderMailFromAddress: sender.address,
    SenderMailFromDomain: domain,
    SenderObjectId: sender.objectId,
    Subject: mail.subject,
    ThreatTypes: threat ?? '',
    UrlCount: mail.urls.length,
  };
  tables.events.add(time, own, tables.ofRecipient(recipient));
  for (const url of mail.urls)
    tables.urls.add(time, { NetworkMessageId: id, ReportId: report, Url: url, UrlDomain: new URL(url).hostname });
  if (!mail.attachment) return;
  const type = mail.attachment.split('.').at(-1) ?? '';
  tables.attachments.add(time, {
    FileExtension: type,
    FileName: mail.attachment,
    FileSize: random.whole(9_000, 4_000_000),
    FileType: type,
    NetworkMessageId: id,
    RecipientEmailAddress: recipient.upn,
    RecipientObjectId: recipient.objectId,
    ReportId: report,
    SHA256: random.hex(64),
    SenderDisplayName: sender.name,
    SenderFromAddress: sender.address,
    SenderObjectId: sender.objectId,
  });
}

function addClick(
  tables: EmailTables,
  time: number,
  person: Person,
  ip: string,
  messageId: string,
  url: string,
  allowed: boolean,
  random: Random,
): void {
  tables.clicks.add(Math.round(time), {
    AccountUpn: person.upn,
    ActionType: allowed ? 'ClickAllowed' : 'ClickBlocked',
    IPAddress: ip,
    IsClickedThrough: allowed,
    NetworkMessageId: messageId,
    ReportId: random.guid(),
    ThreatTypes: allowed ? '' : 'Phish',
    Url: url,
    UrlChain: JSON.stringify([url]),
  });
}

/** The people of Finance who get the lure, the one who opens it first. */
export function lureRecipients(generation: Generation): readonly Person[] {
  const first = generation.world.person(secondVictim.name);
  return [first, ...generation.world.peopleOf('Finance').filter((person) => person !== first)].slice(0, counts.lureRecipients);
}

function addAttack(tables: EmailTables, generation: Generation, random: Random): void {
  const nora = generation.world.person(victim.name);
  const sender = { address: nora.upn, name: nora.displayName, objectId: nora.objectId, ip: infrastructure.operatorIp };
  const recipients = lureRecipients(generation);
  recipients.forEach((recipient, index) => {
    addMail(
      tables,
      times.lureSent + index * SECOND,
      { id: lure.networkMessageId, sender, recipient, subject: lure.subject, direction: 'Intra-org', urls: [lure.url] },
      random,
    );
  });
  const [first, second] = recipients;
  if (first) addClick(tables, times.lureClicked, first, first.office.egress[0] ?? '', lure.networkMessageId, lure.url, true, random);
  // By then the link is known.
  if (second)
    addClick(tables, times.lureSent + 44 * MINUTE, second, second.office.egress[0] ?? '', lure.networkMessageId, lure.url, false, random);
  for (let index = 0; index < 5; index++) {
    const forwarded = {
      address: `${random.pick(['orders', 'accounts'])}@${random.pick(partners)}`,
      name: 'Accounts',
      objectId: '',
      ip: '198.19.80.12',
    };
    addMail(
      tables,
      times.inboxRule + (2 + index * 6) * HOUR,
      {
        id: random.guid(),
        sender: forwarded,
        recipient: nora,
        subject: `Invoice ${random.whole(40_000, 49_999)}`,
        direction: 'Inbound',
        urls: [],
      },
      random,
    );
  }
}
