import type { Invitation } from '../../staff/sign-in/invite.ts';

/** The only time that the code is shown. */
export function sayInvitation({ code, page, until }: Invitation): 0 {
  console.log(`They open   ${page}`);
  console.log(`and type    ${code}`);
  console.log(`It works once, until ${until}. Hand it over in person or by a call, not together with the address.`);
  return 0;
}
