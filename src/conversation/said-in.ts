import { VOICE_LINE } from '../channels/channel.ts';
import { MESSAGE_LIMIT, type Event } from '../dialog/engine/event.ts';

/** What the transcript keeps of an event. */
export function saidIn(event: Event): string | null {
  switch (event.kind) {
    case 'message':
    case 'file-read':
    case 'edit':
      return event.text.length > MESSAGE_LIMIT ? null : event.text;
    case 'voice':
      return VOICE_LINE;
    case 'voice-written':
    case 'voice-failed':
    case 'unusable':
    case 'deletion':
    case 'opened':
    case 'elsewhere':
    case 'entered':
    case 'taken':
    case 'not-taken':
    case 'case-taken':
    case 'withdrawn-by-person':
    case 'member-left':
    case 'built':
    case 'mail':
    case 'answered':
    case 'staff-words':
    case 'own-word-reset':
    case 'review':
      return null;
    default:
      return event satisfies never;
  }
}
