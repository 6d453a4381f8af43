import { displayMailbox, displayName } from '../../shared/display-name';
import type { Translated } from '../letter';
import type { RemovalsHeldMessage } from '../mail-message';

const inSubject = 40;

export const removalsHeld: Translated<RemovalsHeldMessage> = {
  en: ({ organisation, directory, lastOwner }) => ({
    subject: `Removals of people from “${displayName(organisation, inSubject)}” wait for an owner`,
    paragraphs: [
      lastOwner === undefined
        ? `Within an hour the directory “${displayName(directory)}” asked to deactivate or remove more people of “${displayName(organisation)}” than is usual. Whoever is concerned since then stays a member, and can go on signing in.`
        : `The directory “${displayName(directory)}” asked to deactivate or remove ${displayMailbox(lastOwner)}, the last owner of “${displayName(organisation)}”. An organisation always has an owner, so nothing was changed.`,
      lastOwner === undefined
        ? 'Look through the held removals of this directory. Approve them if these people are to go, or refuse them if they are to stay. Everything else that the directory sends is carried out as before.'
        : 'If this person is to go, make someone else an owner, and approve the held removal of this directory then. Otherwise refuse it. Everything else that the directory sends is carried out as before.',
    ],
    advice:
      'Every owner gets this mail, once for all that is held. If nobody meant these people to go, ask whoever runs your directory what was changed there, and pause the directory until it is put right.',
  }),
  de: ({ organisation, directory, lastOwner }) => ({
    subject: `Entfernungen aus „${displayName(organisation, inSubject)}“ warten auf eine Entscheidung`,
    paragraphs: [
      lastOwner === undefined
        ? `Das Verzeichnis „${displayName(directory)}“ wollte innerhalb einer Stunde mehr Personen von „${displayName(organisation)}“ deaktivieren oder entfernen als üblich. Wen das seither betrifft, bleibt Mitglied und kann sich weiter anmelden.`
        : `Das Verzeichnis „${displayName(directory)}“ wollte ${displayMailbox(lastOwner)} deaktivieren oder entfernen: die letzte Person, der „${displayName(organisation)}“ gehört. Eine Organisation gehört immer jemandem, deshalb wurde nichts geändert.`,
      lastOwner === undefined
        ? 'Sehen Sie die zurückgehaltenen Entfernungen dieses Verzeichnisses durch. Geben Sie sie frei, wenn diese Personen gehen sollen, oder lehnen Sie sie ab, wenn sie bleiben sollen. Alles andere, was das Verzeichnis sendet, wird wie bisher ausgeführt.'
        : 'Soll diese Person gehen, übertragen Sie erst jemand anderem die Rolle „Inhaber“ und geben Sie dann die zurückgehaltene Entfernung dieses Verzeichnisses frei. Lehnen Sie sie sonst ab. Alles andere, was das Verzeichnis sendet, wird wie bisher ausgeführt.',
    ],
    advice:
      'Diese E-Mail erhalten alle Inhaberinnen und Inhaber, einmal für alles, was zurückgehalten wird. Sollte niemand gehen, fragen Sie die Stelle, die Ihr Verzeichnis betreut, was dort geändert wurde, und halten Sie das Verzeichnis an, bis es geklärt ist.',
  }),
  fr: ({ organisation, directory, lastOwner }) => ({
    subject: `Des retraits de « ${displayName(organisation, inSubject)} » attendent une décision`,
    paragraphs: [
      lastOwner === undefined
        ? `En une heure, l’annuaire « ${displayName(directory)} » a voulu désactiver ou retirer plus de personnes de « ${displayName(organisation)} » que d’habitude. Les personnes concernées depuis restent membres et peuvent continuer à se connecter.`
        : `L’annuaire « ${displayName(directory)} » a voulu désactiver ou retirer ${displayMailbox(lastOwner)}, la dernière personne propriétaire de « ${displayName(organisation)} ». Une organisation a toujours un propriétaire : rien n’a donc été changé.`,
      lastOwner === undefined
        ? 'Parcourez les retraits retenus de cet annuaire. Approuvez-les si ces personnes doivent partir, ou refusez-les si elles doivent rester. Tout ce que l’annuaire envoie par ailleurs est exécuté comme avant.'
        : 'Si cette personne doit partir, rendez d’abord quelqu’un d’autre propriétaire, puis approuvez le retrait retenu de cet annuaire. Sinon, refusez-le. Tout ce que l’annuaire envoie par ailleurs est exécuté comme avant.',
    ],
    advice:
      'Tous les propriétaires reçoivent ce message, une fois pour tout ce qui est retenu. Si personne ne devait partir, demandez à la personne qui gère votre annuaire ce qui y a changé, et suspendez l’annuaire jusqu’à ce que ce soit réglé.',
  }),
};
