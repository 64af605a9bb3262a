"""Words too common to tell one text from another. They are neither indexed in running text nor scored in queries.

Titles keep theirs, so that a topic called "who" can still be found. Words are folded (ё is е).
"""

RUSSIAN = frozenset(
    """
    а без бы был была были было быть в вам вами вас ваш ваша ваше ваши весь во вот все всего всей всем всеми всех всю
    вся вы где да для до его ее ей ему если есть еще же за здесь и из или им ими их к как какая какие какой каким ко
    когда которая которого которое которой которую которые который которым которых кто ли либо лишь меня мне мной мой
    моя мои мое мы на над нам нами нас наш наша наше наши не него нее ней нем нему нет ни ним ними них но ну о об оба
    он она они оно от ото очень по под потом потому при про раз с сам сама само сами свой своя свое свои себе себя со
    так также такая такие такое такой там те тебе тебя тем теми тех то тобой тогда того тоже той только том тому тот
    тою ту тут ты у уж уже хотя чего чей чем через что чтоб чтобы чтото чуть эта эти этим этих это этого этой этом
    этому этот эту я

    зачем каков какова каково каковы какого какое какому каком какими каких какую кем кого ком кому которому которою
    куда нами откуда почему сколько таки такую такого такому таком такими таких теми чему чье чьего чьей чьем чьи чьих
    чья этими
    """.split()
)

ENGLISH = frozenset(
    """
    a about after all also am an and any are as at be because been before being both but by can could did do does
    doing done for from had has have having he her here hers him his how i if in into is it its just me more most my
    no nor not of on once only or other our ours out over own same she should so some such than that the their theirs
    them then there these they this those through to too under until up very was we were what when where which while
    who whom why will with would you your yours
    """.split()
)

STOP_WORDS = RUSSIAN | ENGLISH
