import { displayMailbox, displayName } from '../../shared/display-name';
import type { Translated } from '../letter';
import type { AddressCollisionMessage } from '../mail-message';

const inSubject = 40;

export const addressCollision: Translated<AddressCollisionMessage> = {
  en: ({ organisation, connection, person, address }) => ({
    subject: `Two people of “${displayName(organisation, inSubject)}”, one address`,
    paragraphs: [
      `“${displayName(connection)}” now names the address ${displayMailbox(address)} for ${displayMailbox(person)}. Another account has that address already.`,
      `Both accounts stay as they are: ${displayMailbox(person)} keeps the address and goes on signing in, and nothing was joined to the other account.`,
      'Find out which of the two is right. If the person has the new address, change or remove the other account first; the address is taken over at the next sign-in, or when your directory changes it again. If not, have it corrected where it comes from.',
    ],
    advice:
      'Every owner gets this mail. If nobody changed an address on purpose, ask whoever runs your identity provider who did: somebody may want to get at the other account.',
  }),
  de: ({ organisation, connection, person, address }) => ({
    subject: `Zwei Personen bei „${displayName(organisation, inSubject)}“, eine Adresse`,
    paragraphs: [
      `„${displayName(connection)}“ nennt für ${displayMailbox(person)} jetzt die Adresse ${displayMailbox(address)}. Diese Adresse hat schon ein anderes Konto.`,
      `Beide Konten bleiben, wie sie sind: ${displayMailbox(person)} behält die bisherige Adresse und meldet sich weiter an, und mit dem anderen Konto wurde nichts verbunden.`,
      'Klären Sie, was stimmt. Hat die Person wirklich die neue Adresse, ändern oder entfernen Sie zuerst das andere Konto; bei der nächsten Anmeldung, oder wenn Ihr Verzeichnis sie erneut ändert, wird die Adresse übernommen. Wenn nicht, lassen Sie sie dort berichtigen, woher sie kommt.',
    ],
    advice:
      'Diese E-Mail erhalten alle Inhaberinnen und Inhaber. Hat niemand mit Absicht eine Adresse geändert, fragen Sie beim Identitätsanbieter nach, von wem die Änderung ist: Vielleicht will jemand in das andere Konto gelangen.',
  }),
  fr: ({ organisation, connection, person, address }) => ({
    subject: `Deux personnes chez « ${displayName(organisation, inSubject)} », une seule adresse`,
    paragraphs: [
      `« ${displayName(connection)} » indique désormais l’adresse ${displayMailbox(address)} pour ${displayMailbox(person)}. Un autre compte a déjà cette adresse.`,
      `Les deux comptes restent inchangés : ${displayMailbox(person)} garde son adresse et continue à se connecter, et rien n’a été associé à l’autre compte.`,
      'Cherchez ce qui est juste. Si la personne a vraiment la nouvelle adresse, modifiez ou supprimez d’abord l’autre compte ; l’adresse est reprise à la connexion suivante, ou lorsque votre annuaire la modifie de nouveau. Sinon, faites-la corriger à sa source.',
    ],
    advice:
      'Tous les propriétaires reçoivent ce message. Si personne n’a changé d’adresse volontairement, demandez à la personne qui gère votre fournisseur d’identité qui l’a fait : quelqu’un cherche peut-être à accéder à l’autre compte.',
  }),
};
